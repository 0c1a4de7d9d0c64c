/**
 * For processes of tests: compiling the embedded PostgreSQL for speed, which V8 does with what is called often, takes a
 * second of a core and rarely pays before the tests are over. The default is 1,800,000.
 */
export const LATE_TIERING = "--wasm-tiering-budget=100000000";
