"use client";

import { useForgetCode } from "@/app/(auth)/forget-code";

export function ForgetCode() {
  useForgetCode("/invite/opened");
  return null;
}
