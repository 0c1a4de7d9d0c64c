/** What of the vendor's published client is used here; it ships no types. */
declare module "@zesty-io/sdk" {
  type Answer<T> = Promise<{ statusCode: number; data: T; _meta: Record<string, unknown> }>;
  interface Instance {
    ZUID: string;
    name: string;
  }
  interface Audit {
    ZUID: string;
    action: number;
    happenedAt: string;
  }
  interface Urls {
    authURL: string;
    accountsAPIURL: string;
    instancesAPIURL: string;
  }

  export default class SDK {
    constructor(instanceZUID: string, token: string, options: Urls);
    account: {
      getInstance(): Answer<Instance>;
      getInstances(): Answer<Instance[]>;
      getInstanceUsers(): Answer<{ ZUID: string; email: string; role: { name: string } }[]>;
      createInstance(payload: { name: string }): Answer<Instance>;
    };
    instance: {
      getAuditLogs(): Answer<Audit[]>;
      getAuditLog(id: string): Answer<Audit>;
      searchAuditLogs(query: string): Answer<Audit[]>;
    };
    static Auth: new (options: Pick<Urls, "authURL">) => {
      login(email: string, password: string): Promise<{ statusCode: number; message: string; token: string | null }>;
      verifyToken(token: string): Promise<{ statusCode: number; verified: boolean }>;
    };
  }
}
