import { type DemoApp, use } from "./app";

const DANA = "Dana Okafor";
const MIGUEL = "Miguel Santos";
const PRIYA = "Priya Raman";
const BEATRICE = "Beatrice Cole";
const DAY_MINUTES = 1440;

/** What guests and partners use. */
export const GUEST_APPS: readonly DemoApp[] = [
  {
    name: "Booking widget",
    uri: "https://book.blushspas.example",
    description: "Online booking on the public sites.",
    createdDaysAgo: 203,
    by: DANA,
    loginUserType: "guest",
    keys: [
      {
        name: "Production",
        createdDaysAgo: 203,
        by: DANA,
        rateLimit: { requests: 600, seconds: 60 },
        lastUsed: use(4 * 60, "192.0.2.40", "booking-widget/4.0"),
        rotated: { daysAgo: 5, by: MIGUEL, overlapDays: 7, newUse: use(0, "192.0.2.41", "booking-widget/4.1") },
      },
      {
        name: "Old production",
        createdDaysAgo: 202,
        by: BEATRICE,
        lastUsed: use(58 * DAY_MINUTES, "192.0.2.12", "booking-widget/3.8"),
        revoked: { daysAgo: 57, by: DANA, reason: "Replaced by the key named Production" },
      },
    ],
  },
  {
    name: "Kiosk lobby",
    uri: "https://kiosk.blushspas.example",
    description: "Check-in tablets in the lobbies.",
    createdDaysAgo: 160,
    by: MIGUEL,
    loginUserType: "guest",
    keyPermissions: ["content:read", "leads:create"],
    keys: [
      { name: "Tablets", createdDaysAgo: 160, by: MIGUEL, lastUsed: use(1, "203.0.113.66", "kiosk/2.1") },
      {
        name: "Trade fair demo",
        createdDaysAgo: 75,
        by: MIGUEL,
        expiresInDays: -44,
        lastUsed: use(44 * DAY_MINUTES + 90, "192.0.2.200", "kiosk/2.0"),
      },
    ],
  },
  {
    name: "Loyalty partner",
    uri: "https://partners.pearlpoints.example",
    description: "Points earned and spent with the Pearl Points program.",
    createdDaysAgo: 120,
    by: BEATRICE,
    keys: [
      {
        name: "Pearl Points",
        createdDaysAgo: 120,
        by: BEATRICE,
        lastUsed: use(64 * DAY_MINUTES, "192.0.2.77", "pearl/1.0"),
      },
    ],
  },
  {
    name: "Guest app",
    uri: "https://app.blushspas.example",
    description: "Bookings, gift cards and reviews for guests.",
    createdDaysAgo: 98,
    by: MIGUEL,
    loginUserType: "guest",
    secretRotatedDaysAgo: 6,
    keys: [
      { name: "Backend", createdDaysAgo: 98, by: MIGUEL, lastUsed: use(0, "203.0.113.120", "guest-backend/9.4") },
      {
        name: "Review import",
        createdDaysAgo: 34,
        by: PRIYA,
        expiresInDays: 41,
        lastUsed: use(77, "192.0.2.150", "review-import/0.9"),
      },
    ],
  },
  {
    name: "Gift card service",
    description: "Prints and validates gift cards.",
    createdDaysAgo: 52,
    by: PRIYA,
    loginUserType: "both",
    keys: [
      { name: "Print shop", createdDaysAgo: 51, by: PRIYA, lastUsed: use(31, "198.51.100.201", "printshop/2") },
      {
        name: "Support chat",
        createdDaysAgo: 45,
        by: PRIYA,
        lastUsed: use(9 * DAY_MINUTES + 12, "192.0.2.99", "curl/8.5.0"),
        revoked: { daysAgo: 9, by: DANA, reason: "Leaked: pasted into a support conversation" },
      },
    ],
  },
  {
    name: "Old webstore",
    uri: "https://shop.blushspas.example",
    description: "Replaced by the guest app; kept until the last orders are settled.",
    createdDaysAgo: 208,
    by: BEATRICE,
    disabledDaysAgo: 26,
    keys: [
      {
        name: "Checkout",
        createdDaysAgo: 208,
        by: BEATRICE,
        lastUsed: use(26 * DAY_MINUTES, "192.0.2.5", "webstore/1.19"),
      },
    ],
  },
];
