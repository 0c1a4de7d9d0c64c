import { expect, test } from "vitest";
import { partsOf } from "./text";

const words = (text: string) => partsOf(text).map((part) => part.text);

test("of a text with many words eight are looked up, each once", () => {
  expect(words(Array.from({ length: 98 }, (_, n) => `w${n}`).join(" "))).toEqual([
    "w0",
    "w1",
    "w2",
    "w3",
    "w4",
    "w5",
    "w6",
    "w7",
  ]);
  expect(words("key of key of key of the key")).toEqual(["key", "of", "key", "the", "key"]);
});

test("the first word may end a longer one and the last may begin one", () => {
  expect(partsOf("order 4711")).toEqual([
    { text: "order", isEnd: true, isBeginning: false },
    { text: "4711", isEnd: false, isBeginning: true },
  ]);
  expect(partsOf("order")).toEqual([{ text: "order", isEnd: true, isBeginning: true }]);
});
