import NextAuth from "next-auth";
import { nextAuthOptions } from "@/lib/auth/next-auth";
import { guardNextAuth } from "@/lib/http/next-auth-guard";

type Context = { params: Promise<{ nextauth: string[] }> };

const handle = guardNextAuth((request: Request, context: Context) =>
  (NextAuth(nextAuthOptions()) as (request: Request, context: Context) => Promise<Response>)(request, context),
);

export { handle as GET, handle as POST };
