import "server-only";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { AppError } from "@/lib/kernel/errors";

/** Longer ones are refused rather than cut. */
const PASSWORD_MAX_LENGTH = 256;

const GUESSES_LOG10_MIN = 10;
let estimator: ZxcvbnFactory | undefined;

/**
 * Refuses a new password that is too short, too long, or easy to guess (common, repeated, or made
 * of the words given, such as the e-mail). No rule about its characters. Throws `invalid_input`.
 */
export function requireGoodPassword(password: string, minLength: number, words: string[], pointer = "/password"): void {
  const refuse = (detail: string) =>
    new AppError("invalid_input", `The password ${detail}.`, { errors: [{ pointer, detail }] });
  const length = [...password].length;
  if (length < minLength) throw refuse(`needs at least ${minLength} characters`);
  if (length > PASSWORD_MAX_LENGTH) throw refuse(`may have at most ${PASSWORD_MAX_LENGTH} characters`);
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const { guessesLog10 } = estimator.check(password.slice(0, 64), words);
  if (guessesLog10 < GUESSES_LOG10_MIN) throw refuse("is too easy to guess; a sentence of your own is better");
}
