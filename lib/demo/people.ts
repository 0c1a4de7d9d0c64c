/** The organization of the demo and who works there: names, places and addresses are invented. */
export const ORGANIZATION = { accountName: "blushspas", name: "Blush Spas", foundedDaysAgo: 214 };

export const INSTANCES = [
  { name: "Seattle", domain: "seattle.blushspas.example", createdDaysAgo: 214 },
  { name: "Portland", domain: "portland.blushspas.example", createdDaysAgo: 171 },
  { name: "Media library", domain: null, createdDaysAgo: 96 },
] as const;

type InstanceName = (typeof INSTANCES)[number]["name"];

export interface DemoPerson {
  firstName: string;
  lastName: string;
  role: string;
  /** Absent: on the organization. */
  instance?: InstanceName;
  status?: "invited" | "deactivated";
  kind?: "guest";
}

const person = (name: string, role: string, more: Partial<DemoPerson> = {}): DemoPerson => {
  const [firstName = "", lastName = ""] = name.split(" ");
  return { firstName, lastName, role, ...more };
};

export const PEOPLE = [
  person("Dana Okafor", "Owner"),
  person("Miguel Santos", "Admin"),
  person("Priya Raman", "Admin"),
  person("Ingrid Halvorsen", "Auditor"),
  person("Tom Becker", "Auditor"),
  person("Yusuf Demir", "Access Admin"),
  person("Lena Fischer", "Developer"),
  person("Kofi Mensah", "Developer"),
  person("Hana Sato", "Developer"),
  person("Arjun Patel", "Developer"),
  person("Chloe Martin", "SEO"),
  person("Grace Lindqvist", "Publisher", { instance: "Seattle" }),
  person("Omar Haddad", "Contributor", { instance: "Seattle" }),
  person("Mei Tanaka", "Owner", { instance: "Seattle" }),
  person("Noah Whitfield", "Contributor", { instance: "Seattle" }),
  person("Sofia Almeida", "Owner", { instance: "Portland" }),
  person("Jonas Keller", "Publisher", { instance: "Portland" }),
  person("Amara Nwosu", "Contributor", { instance: "Portland" }),
  person("Elliot Vance", "SEO", { instance: "Portland" }),
  person("Rosa Jimenez", "Developer Contributor", { instance: "Media library" }),
  person("Pieter van-Dijk", "Publisher", { instance: "Media library" }),
  person("Nadia Rahimi", "Contributor", { instance: "Media library", kind: "guest" }),
  person("Felix Amundsen", "Developer", { status: "deactivated" }),
  person("Beatrice Cole", "Admin", { status: "deactivated" }),
  person("Samuel Ortega", "Developer", { status: "invited" }),
] as const satisfies readonly DemoPerson[];

export const nameOf = ({ firstName, lastName }: DemoPerson) => `${firstName} ${lastName}`;

export const emailOf = ({ firstName, lastName }: DemoPerson) =>
  `${firstName}.${lastName}@${ORGANIZATION.accountName}.example`.toLowerCase();
