const PREFIX = "draft:";

/** What was typed into a form before the session ended, kept for this tab until it is sent or the person signs out. */
export const draft = {
  save(key: string, values: object, secretFields: readonly string[]) {
    const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !isSecret(name, secretFields)));
    withStorage((storage) => storage.setItem(PREFIX + key, JSON.stringify(kept)));
  },
  /** As text, which stays the same object while it is the same draft. */
  read(key: string): string | null {
    return withStorage((storage) => storage.getItem(PREFIX + key)) ?? null;
  },
  drop(key: string) {
    withStorage((storage) => storage.removeItem(PREFIX + key));
  },
  /** Call it when a person signs out: the next one in this tab must not find what they typed. */
  dropAll() {
    withStorage((storage) => {
      for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
    });
  },
};

const isSecret = (name: string, listed: readonly string[]) =>
  listed.includes(name) || /password|secret|token|passphrase|^(code|key)$/i.test(name);

/** Storage can be switched off or full; a draft is a courtesy, so the form works without it. */
function withStorage<T>(act: (storage: Storage) => T): T | undefined {
  try {
    return act(sessionStorage);
  } catch {
    return undefined;
  }
}
