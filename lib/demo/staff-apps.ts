import { type DemoApp, use } from "./app";

const DANA = "Dana Okafor";
const MIGUEL = "Miguel Santos";
const PRIYA = "Priya Raman";
const DAY_MINUTES = 1440;

/** What the centers and the back office use. */
export const STAFF_APPS: readonly DemoApp[] = [
  {
    name: "POS terminals",
    uri: "https://pos.blushspas.example",
    description: "Front desk tills of all centers.",
    createdDaysAgo: 210,
    by: DANA,
    secretRotatedDaysAgo: 31,
    keys: [
      {
        name: "Production",
        createdDaysAgo: 210,
        by: DANA,
        allowedCidrs: ["203.0.113.0/24", "198.51.100.0/25"],
        rateLimit: { requests: 1200, seconds: 60 },
        lastUsed: use(1, "203.0.113.24", "pos-terminal/7.2"),
        rotated: { daysAgo: 62, by: MIGUEL, overlapDays: 7, newUse: use(0, "203.0.113.31", "pos-terminal/7.2") },
      },
      { name: "Staging", createdDaysAgo: 188, by: MIGUEL, lastUsed: use(190, "198.51.100.7", "pos-terminal/7.3-rc1") },
    ],
  },
  {
    name: "Payroll export",
    description: "Nightly export of hours and commissions to the payroll provider.",
    createdDaysAgo: 180,
    by: PRIYA,
    keyPermissions: ["content:read", "leads:read"],
    keys: [
      {
        name: "Nightly job",
        createdDaysAgo: 180,
        by: PRIYA,
        allowedCidrs: ["198.51.100.80/32"],
        lastUsed: use(9 * 60, "198.51.100.80", "payroll-export/1.4"),
      },
    ],
  },
  {
    name: "Marketing sync",
    uri: "https://mail.example",
    description: "Sends new leads to the newsletter provider.",
    createdDaysAgo: 141,
    by: PRIYA,
    keyPermissions: ["leads:read"],
    keys: [
      {
        name: "Newsletter provider",
        description: "Ends with the contract; ask Priya before extending it.",
        createdDaysAgo: 81,
        by: PRIYA,
        expiresInDays: 9,
        lastUsed: use(18, "198.51.100.140", "mail-sync/12.0"),
      },
    ],
  },
  {
    name: "Data warehouse",
    description: "Hourly copy of bookings and redirects for reporting.",
    createdDaysAgo: 133,
    by: DANA,
    keys: [
      {
        name: "Loader",
        createdDaysAgo: 133,
        by: DANA,
        allowedCidrs: ["198.51.100.0/24", "2001:db8:40::/48"],
        lastUsed: use(3, "2001:db8:40::17", "warehouse-loader/5.6 python-httpx/0.28"),
      },
      {
        name: "Analyst notebooks",
        createdDaysAgo: 40,
        by: PRIYA,
        disabledDaysAgo: 12,
        lastUsed: use(12 * DAY_MINUTES + 50, "198.51.100.23", "python-requests/2.32"),
      },
    ],
  },
  {
    name: "Therapist app",
    uri: "https://staff.blushspas.example",
    description: "Schedules and treatment notes on the therapists' phones.",
    createdDaysAgo: 110,
    by: MIGUEL,
    keys: [
      {
        name: "Push notifications",
        createdDaysAgo: 109,
        by: MIGUEL,
        rateLimit: { requests: 3000, seconds: 60 },
        lastUsed: use(0, "203.0.113.90", "therapist-push/3.3"),
      },
      {
        name: "Crash reports",
        createdDaysAgo: 66,
        by: MIGUEL,
        lastUsed: use(21 * DAY_MINUTES + 30, "203.0.113.91", "crash-report/1.1"),
        revoked: { daysAgo: 21, by: PRIYA, reason: "No longer needed: reports go to the vendor directly" },
      },
    ],
  },
  {
    name: "Night audit",
    description: "Closes the books of the day at three in the morning.",
    createdDaysAgo: 30,
    by: DANA,
    keys: [
      { name: "Scheduler", createdDaysAgo: 30, by: DANA, lastUsed: use(8 * 60, "198.51.100.81", "night-audit/1.0") },
    ],
  },
];
