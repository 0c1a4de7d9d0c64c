/**
 * A value that is there already, or will be. Beside Next, whose async storage follows every promise, one promise
 * costs about as much as a whole check from memory: what is known is handed on without any.
 */
export type Soon<T> = T | Promise<T>;

/** Whether it has yet to come. By its method: what Prisma returns is typed as a promise and is no instance of one. */
export const isLater = <T>(value: Soon<T>): value is Promise<T> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === "function";

/** Goes on with the value: at once where it is there. */
export const after = <T, R>(value: Soon<T>, next: (value: T) => Soon<R>): Soon<R> =>
  isLater(value) ? value.then(next) : next(value);
