import { Alert, Card } from 'antd';
import { useSearch } from 'wouter';
import { ChangePassword } from '../../features/password/change-password.tsx';
import { type Scope, useMay } from '../../features/session/permissions.tsx';
import { text } from '../../i18n/text.ts';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { ChannelsTab } from './channels-tab.tsx';
import { DecisionsTab } from './decisions-tab.tsx';
import { KeysTab } from './keys-tab.tsx';
import { ReturnAddressTab } from './return-address-tab.tsx';
import { SeenTab } from './seen-tab.tsx';
import { SessionsTab } from './sessions-tab.tsx';
import { StaffTab } from './staff-tab.tsx';
import { WebhooksTab } from './webhooks-tab.tsx';

const TABS = ['keys', 'webhooks', 'channels', 'decisions', 'address', 'staff', 'seen', 'sessions', 'password'] as const;

function Guarded({ scope, children }: { scope: Scope; children: React.ReactNode }) {
  const t = text();
  const { may } = useMay(scope);
  return may ? children : <Alert type="info" showIcon title={t.settings.ownerOnly} />;
}

/** 设置: keys, webhooks, notice channels, how people are helped to decide, the return address, staff and who saw what for owners; sessions and the own password for everybody. */
export function SettingsPage() {
  const t = text();
  const named = new URLSearchParams(useSearch()).get('tab');
  const { may } = useMay('admin');
  const tab = TABS.find((one) => one === named) ?? (may ? 'keys' : 'sessions');
  const content = {
    keys: (
      <Guarded scope="admin">
        <KeysTab />
      </Guarded>
    ),
    webhooks: (
      <Guarded scope="webhooks:write">
        <WebhooksTab />
      </Guarded>
    ),
    channels: (
      <Guarded scope="webhooks:write">
        <ChannelsTab />
      </Guarded>
    ),
    decisions: (
      <Guarded scope="rules:write">
        <DecisionsTab />
      </Guarded>
    ),
    address: (
      <Guarded scope="rules:write">
        <ReturnAddressTab />
      </Guarded>
    ),
    staff: (
      <Guarded scope="admin">
        <StaffTab />
      </Guarded>
    ),
    seen: (
      <Guarded scope="personal-data:read">
        <SeenTab />
      </Guarded>
    ),
    sessions: <SessionsTab />,
    password: <ChangePassword />,
  };
  return (
    <div className="page">
      <h1 className="page-title">{t.app.pages.settings}</h1>
      <Card size="small">
        <div className="page">
          <LinkTabs
            label={t.app.pages.settings}
            chosen={tab}
            items={TABS.map((key) => ({ key, href: `/settings?tab=${key}`, label: t.settings.tabs[key] }))}
          />
          {content[tab]}
        </div>
      </Card>
    </div>
  );
}
