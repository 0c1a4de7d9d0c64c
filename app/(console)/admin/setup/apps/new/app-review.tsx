import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { AccessWords, LOGIN_USERS } from "@/app/(console)/admin/setup/apps/access-words";
import { accessOf, type AppForm, detailsOf } from "@/app/(console)/admin/setup/apps/app-form";
import { Lines } from "@/app/(console)/admin/setup/apps/lines";

/** What will be registered, and what the reader then holds in hand. */
export function AppReview({ form }: { form: AppForm }) {
  const details = detailsOf(form);
  const access = accessOf(form);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[1.05fr_1fr]">
      <Card>
        <DescriptionList
          items={[
            ["Name", <b key="name">{details.name.trim()}</b>],
            ["Address", details.uri ?? <None />],
            ["Description", details.description.trim() || <None />],
            ["Who signs in", LOGIN_USERS[details.loginUserType]],
            ["After sign-in", <Lines key="login" lines={details.postLoginRedirects} none="no redirect" />],
            ["After sign-out", <Lines key="logout" lines={details.postLogoutRedirects} none="no redirect" />],
            ["API keys", <AccessWords key="keys" access={access.keyAccess} />],
            ["Login tokens", <AccessWords key="tokens" access={access.tokenAccess} />],
          ]}
        />
      </Card>
      <Card title="What registering it does">
        <ol className="grid list-decimal gap-2 pl-4.5 text-s text-ink-2">
          <li>The app gets an id and an app secret. The secret is shown once, right after this.</li>
          <li>It has no API key yet. Its page offers to generate the first one.</li>
          <li>The audit trail records who registered it, when and from where.</li>
        </ol>
        <p className="mt-3 text-s text-ink-3">
          You can change all of this later, replace the secret, disable the app or delete it.
        </p>
      </Card>
    </div>
  );
}

const None = () => <span className="text-ink-3">none</span>;
