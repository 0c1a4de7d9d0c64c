import "server-only";
import { db } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { Prisma } from "@/prisma/generated/client";
import { type EventRow, eventsAt, inOrder, type Order } from "./events";
import { countWhere, indexedCount, type Match, type SegmentCount } from "./match";
import { segmentOf, startOf } from "./segments";

export interface Wanted {
  order: Order;
  take: number;
  /** Begin after this position. */
  beyond?: bigint;
  /** Leave out so many of the first. */
  skip?: number;
}

/** Of a text that nothing narrows so many events are looked at before the search is given up. */
const LOOKED_AT_MOST = 50_000;
const LOOKED_AT_ONCE = 1_000;
const SEGMENTS_AT_ONCE = 128;

/** Events of a match in order of position. Throws `invalid_input` when a text is looked for among too many events. */
export const rowsOf = async (match: Match, wanted: Wanted): Promise<EventRow[]> =>
  eventsAt(match.organizationId, await placesOf(match, wanted), wanted.order);

async function placesOf(match: Match, wanted: Wanted): Promise<bigint[]> {
  if (wanted.order === "desc") {
    const newer = await restOf(match, wanted);
    const { take, skip = 0 } = wanted;
    if (newer.length === take || (await match.counts()).length === 0) return newer;
    const skipped = skip === 0 ? 0 : await countWhere(match.rest);
    const older = { ...wanted, take: take - newer.length, skip: Math.max(0, skip - skipped) };
    return [...newer, ...(await indexedOf(match, older))];
  }
  const older = await indexedOf(match, wanted);
  const { take, skip = 0 } = wanted;
  if (older.length === take) return older;
  const newer = { ...wanted, take: take - older.length, skip: Math.max(0, skip - (await indexedCount(match))) };
  return [...older, ...(await restOf(match, newer))];
}

/** What is newer than the index. */
function restOf({ rest }: Match, { order, take, beyond, skip = 0 }: Wanted): Promise<bigint[]> {
  const where = beyond === undefined ? rest : Prisma.sql`${rest} and ${isAfter(order, beyond)}`;
  return placesWhere(where, order, { take, skip });
}

const isAfter = (order: Order, beyond: bigint) =>
  order === "asc" ? Prisma.sql`position > ${beyond}` : Prisma.sql`position < ${beyond}`;

async function indexedOf(match: Match, wanted: Wanted): Promise<bigint[]> {
  const { order, take } = wanted;
  if (take <= 0) return [];
  const size = match.loosely ? LOOKED_AT_ONCE : take;
  const places: bigint[] = [];
  let looked = 0;
  for await (const positions of inPortions(positionsOf(match, { ...wanted, take: size }), size)) {
    places.push(...(await fulfilling(match, positions, order)));
    if (places.length >= take) break;
    looked += positions.length;
    if (match.loosely && looked > LOOKED_AT_MOST) throw tooBroad();
  }
  return places.slice(0, take);
}

/** The same in lists of one size, but for the last. */
async function* inPortions(lists: AsyncIterable<bigint[]>, size: number) {
  let portion: bigint[] = [];
  for await (const list of lists) {
    portion = [...portion, ...list];
    for (; portion.length >= size; portion = portion.slice(size)) yield portion.slice(0, size);
  }
  if (portion.length > 0) yield portion;
}

/** Positions in order, of some segments at a time: of as many as are likely to hold what is wanted. */
export async function* positionsOf(match: Match, { order, take, beyond, skip = 0 }: Wanted) {
  const edge = beyond === undefined ? undefined : segmentOf(beyond);
  const isAsked = (segment: number) => edge === undefined || (order === "asc" ? segment >= edge : segment <= edge);
  const left = (await match.counts()).filter(({ segment }) => isAsked(segment));
  if (order === "desc") left.reverse();
  let skipped = 0;
  while (left[0] && skipped + left[0].count <= skip) skipped += (left.shift() as SegmentCount).count;
  while (left.length > 0) {
    const some: number[] = [];
    for (let found = skipped - skip; left.length > 0 && found < take && some.length < SEGMENTS_AT_ONCE;) {
      const { segment, count } = left.shift() as SegmentCount;
      some.push(segment);
      if (segment !== edge) found += count;
    }
    const bits = await match.bits(some);
    for (const segment of some) {
      const positions = positionsIn(segment, bits.get(segment) ?? new Uint8Array(), order);
      const asked =
        segment === edge && beyond !== undefined ? positions.filter((at) => isPast(at, beyond, order)) : positions;
      yield asked.slice(Math.max(0, skip - skipped));
      skipped = skip;
    }
  }
}

const isPast = (at: bigint, beyond: bigint, order: Order) => (order === "asc" ? at > beyond : at < beyond);

function positionsIn(segment: number, bits: Uint8Array, order: Order): bigint[] {
  const positions: bigint[] = [];
  const start = startOf(segment);
  bits.forEach((byte, i) => {
    for (let left = byte; left > 0;) {
      const bit = Math.clz32(left) - 24;
      positions.push(start + BigInt(8 * i + bit));
      left &= 0x7f >> bit;
    }
  });
  return order === "asc" ? positions : positions.reverse();
}

/** Those of the positions whose events fulfil what the bits of the match do not say. */
export async function fulfilling({ organizationId, loosely }: Match, positions: bigint[], order: Order) {
  if (!loosely) return positions;
  const here = Prisma.sql`organization_id = ${organizationId} and position = any(${positions}::bigint[])`;
  return placesWhere(Prisma.sql`${here} and ${loosely}`, order);
}

export async function placesWhere(
  where: Prisma.Sql,
  order: Order,
  { take, skip = 0 }: { take?: number; skip?: number } = {},
): Promise<bigint[]> {
  const rows = await db().$queryRaw<{ position: bigint }[]>`
    select position from audit_event where ${where} order by position ${inOrder(order)}
    limit ${take ?? null}::bigint offset ${skip}::bigint`;
  return rows.map(({ position }) => position);
}

function tooBroad(): AppError {
  const detail = "is in too many names to be looked for among so many events: give more of it, or narrow the time";
  return new AppError("invalid_input", `The text ${detail}.`, { errors: [{ pointer: "?q", detail }] });
}
