import "server-only";
import { extend, rollBack, rotate } from "@/lib/credentials/rotate";
import type { ExtendRotation, RotateCredential } from "@/lib/credentials/schema";
import type { Ctx } from "@/lib/kernel/ctx";
import { KEY } from "./record";

export const rotateKey = (ctx: Ctx, id: string, input: RotateCredential) => rotate(ctx, { ...KEY, id }, input);

export const extendRotation = (ctx: Ctx, id: string, input: ExtendRotation) => extend(ctx, { ...KEY, id }, input);

export const rollBackRotation = (ctx: Ctx, id: string) => rollBack(ctx, { ...KEY, id });
