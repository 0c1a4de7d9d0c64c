/**
 * One value per process. The server bundle and Next's bundle each carry their own copy of a module,
 * so what both must share lives on globalThis under a registered symbol.
 */
export function processSlot<T>(name: string) {
  const key = Symbol.for(name);
  const shared = globalThis as unknown as Record<symbol, T | undefined>;
  return {
    get: (): T | undefined => shared[key],
    set: (value: T): void => {
      shared[key] = value;
    },
  };
}
