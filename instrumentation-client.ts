// The content security policy forbids eval, which zod tries in order to parse faster. It finds this when it is loaded,
// which most pages do not need to do.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
