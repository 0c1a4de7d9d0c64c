import { EMPTY_ROOT, type Hash, hashNode } from "@/lib/audit/merkle";

/** The roots of a growing tree: it keeps those of its full subtrees only, the largest first. */
export class Prefix {
  size = 0;
  #peaks: Hash[] = [];

  append(leaf: Hash): void {
    let peak = leaf;
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2) {
      peak = hashNode(this.#peaks.pop() as Hash, peak);
    }
    this.#peaks.push(peak);
    this.size++;
  }

  root(): Hash {
    if (this.#peaks.length === 0) return EMPTY_ROOT;
    return this.#peaks.reduceRight((right, left) => hashNode(left, right));
  }
}
