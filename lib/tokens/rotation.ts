import "server-only";
import { extend, rollBack, rotate } from "@/lib/credentials/rotate";
import type { ExtendRotation, RotateCredential } from "@/lib/credentials/schema";
import type { Ctx } from "@/lib/kernel/ctx";
import { tokenAt } from "./place";

export const rotateToken = async (ctx: Ctx, id: string, input: RotateCredential) =>
  rotate(ctx, await tokenAt(ctx, id), input);

export const extendTokenRotation = async (ctx: Ctx, id: string, input: ExtendRotation) =>
  extend(ctx, await tokenAt(ctx, id), input);

export const rollBackTokenRotation = async (ctx: Ctx, id: string) => rollBack(ctx, await tokenAt(ctx, id));
