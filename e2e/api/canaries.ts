/** Finds planted secrets, whole or only their random part, also where bytes are written otherwise. */
export class Canaries {
  readonly #bodies = new Map<string, string>();
  readonly #texts = new Map<string, string>();

  /** A secret of ours. */
  plant(value: string) {
    const body = value.slice(4, 40);
    this.#bodies.set(body, value).set(Buffer.from(body).toString("hex"), value);
  }

  /** Something secret of another form: a password, a cookie, a seed. */
  plantText(text: string) {
    for (const encoding of ["utf8", "hex", "base64url"] as const)
      this.#texts.set(Buffer.from(text).toString(encoding), text);
  }

  in(text: string): string[] {
    const found = [...this.#texts].flatMap(([planted, whole]) => (text.includes(planted) ? [whole] : []));
    for (const [run] of text.matchAll(/[0-9A-Za-z]{36,}/g))
      for (const length of [36, 72])
        for (let at = 0; at + length <= run.length; at++) {
          const value = this.#bodies.get(run.slice(at, at + length));
          if (value) found.push(value);
        }
    return found;
  }
}
