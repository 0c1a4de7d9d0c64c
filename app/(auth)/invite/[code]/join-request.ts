import { z } from "zod";
import { newPassword } from "@/components/new-password-request";
import { JoinByLink } from "@/lib/invites/schema";

export const joinForm = (minLength: number) =>
  z.object({
    firstName: JoinByLink.shape.firstName,
    lastName: JoinByLink.shape.lastName,
    password: newPassword(minLength),
  });
