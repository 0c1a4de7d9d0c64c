/**
 * A value that is there already, or will be. Beside Next, whose async storage follows every promise, one promise
 * costs about as much as a whole check from memory: what is known is handed on without any.
 */
export type Soon<T> = T | Promise<T>;

/** Goes on with the value: at once where it is there. */
export const after = <T, R>(value: Soon<T>, next: (value: T) => Soon<R>): Soon<R> =>
  value instanceof Promise ? value.then(next) : next(value);
