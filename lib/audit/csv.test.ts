import { expect, test } from "vitest";
import { csvLine } from "./csv";

test.each([
  ["plain", "plain"],
  ["", ""],
  [null, ""],
  [3, "3"],
  [-3, "-3"],
  ["a,b", '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ["two\nlines", '"two\nlines"'],
  ["=1+1", `"'=1+1"`],
  ["+cmd|' /C calc'!A0", `"'+cmd|' /C calc'!A0"`],
  ["-2+3", `"'-2+3"`],
  ["@SUM(A1)", `"'@SUM(A1)"`],
  ["\t=1+1", `"'\t'=1+1"`],
  ["\rx", `"'\rx"`],
  ["  =1", `"'  =1"`],
  ["＝1", `"'＝1"`],
  ['x;=HYPERLINK("http://evil")', `"x;'=HYPERLINK(""http://evil"")"`],
  ["x; @SUM(A1)", "x; '@SUM(A1)"],
  ['x;"=1', `"x;""'=1"`],
  ["x\t+1", "x\t'+1"],
  ["x|-1|=2", "x|'-1|'=2"],
  ["x\n=1", `"x\n'=1"`],
  ["a=1; b=2", "a=1; b=2"],
])("a cell of %j is written so that no spreadsheet runs it", (value, written) => {
  expect(csvLine([value, "next"])).toBe(`${written},next\r\n`);
});
