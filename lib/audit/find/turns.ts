import pLimit from "p-limit";

/** A search asks the database several things at a time, where credentials are looked up, too. */
const SEARCHES_AT_ONCE = 8;

/** Runs a search of the trail once fewer than so many others of this process do. None may begin another one inside. */
export const inTurn = pLimit(SEARCHES_AT_ONCE);
