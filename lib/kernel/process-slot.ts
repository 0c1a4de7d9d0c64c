/**
 * One value per process. The server bundle and Next's bundle each carry their own copy of a module,
 * so what both must share lives on globalThis under a registered symbol.
 */
export function processSlot<T>(name: string) {
  const shared = globalThis as unknown as Record<symbol, { value: T | undefined }>;
  // Read on every check: a property of a box of its own is found sooner than one of the global object.
  const box = (shared[Symbol.for(name)] ??= { value: undefined });
  return {
    get: (): T | undefined => box.value,
    set: (value: T): void => {
      box.value = value;
    },
  };
}
