import {
  AlertOutlined,
  AppstoreOutlined,
  BarChartOutlined,
  BellOutlined,
  BranchesOutlined,
  CarOutlined,
  LogoutOutlined,
  MenuOutlined,
  ProfileOutlined,
  ReconciliationOutlined,
  SearchOutlined,
  SettingOutlined,
} from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge, Button, Drawer, Input, type InputRef, Layout, Menu, Spin, Tooltip } from 'antd';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { consoleApi, type Counters } from '../api/console-api.ts';
import type { LiveState } from '../api/live.ts';
import { countersQuery, sessionQuery } from '../api/queries.ts';
import { type Locale, switchLocale, text } from '../i18n/text.ts';
import { CrashBoundary } from './crash-boundary.tsx';
import { useSignedIn } from '../features/session/permissions.tsx';
import { useRoomForMenu } from '../ui/window-width.ts';
import { Pages } from './pages.tsx';
import { useLive } from './use-live.ts';

const MENU: {
  path: string;
  page: 'workbench' | 'service' | 'rules' | 'intercepts' | 'claims' | 'statements' | 'statistics' | 'notices' | 'settings';
  icon: ReactNode;
}[] = [
  { path: '/', page: 'workbench', icon: <AppstoreOutlined /> },
  { path: '/service', page: 'service', icon: <CarOutlined /> },
  { path: '/rules', page: 'rules', icon: <BranchesOutlined /> },
  { path: '/intercepts', page: 'intercepts', icon: <ProfileOutlined /> },
  { path: '/claims', page: 'claims', icon: <AlertOutlined /> },
  { path: '/statements', page: 'statements', icon: <ReconciliationOutlined /> },
  { path: '/statistics', page: 'statistics', icon: <BarChartOutlined /> },
  { path: '/notices', page: 'notices', icon: <BellOutlined /> },
  { path: '/settings', page: 'settings', icon: <SettingOutlined /> },
];
/** What waits on pages other than the work bench, whose lists tell their own, and where it is listed. */
const WAITING: { path: string; counter: 'claiming' | 'disputed'; href: string }[] = [
  { path: '/claims', counter: 'claiming', href: '/claims?open=1' },
  { path: '/statements', counter: 'disputed', href: '/statements?status=DISPUTED' },
];
const LIVE_BADGE = { connecting: 'processing', connected: 'success', disconnected: 'error' } as const;

function LiveBadge({ state }: { state: LiveState }) {
  const t = text();
  return (
    <Tooltip title={t.app.liveHint[state]}>
      <span role="status" className={`live live-${state}`}>
        <Badge status={LIVE_BADGE[state]} text={t.app.live[state]} />
      </span>
    </Tooltip>
  );
}

/** How much waits on a page, leading to it; nothing where nothing does. */
function WaitingCount({ path, counters, onChosen }: { path: string; counters: Counters | undefined; onChosen: () => void }) {
  const waiting = WAITING.find((each) => each.path === path);
  const count = waiting === undefined ? 0 : (counters?.[waiting.counter] ?? 0);
  if (waiting === undefined || count === 0) return null;
  const label = `${text().app.waiting[waiting.counter]} ${count}`;
  return (
    <Link href={waiting.href} onClick={onChosen} className="waiting" aria-label={label} title={label} data-counter={waiting.counter}>
      {count}
    </Link>
  );
}

/** Looks for numbers from every page; Ctrl-K (⌘K) leads there. */
function FindBox() {
  const t = text();
  const box = useRef<InputRef>(null);
  const [, navigate] = useLocation();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      box.current?.focus({ cursor: 'all' });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Input
      ref={box}
      className="head-find"
      aria-label={t.app.find}
      placeholder={t.app.findPlaceholder}
      maxLength={200}
      allowClear
      prefix={<SearchOutlined />}
      onPressEnter={({ currentTarget: { value } }) => {
        if (value.trim() !== '') navigate(`/?q=${encodeURIComponent(value.trim())}`);
      }}
    />
  );
}

function MainMenu({ onChosen }: { onChosen: () => void }) {
  const t = text();
  const [location] = useLocation();
  const counters = useQuery(countersQuery);
  const chosen = MENU.find(({ path }) => path !== '/' && location.startsWith(path))?.path ?? '/';
  const items = MENU.map(({ path, page, icon }) => ({
    key: path,
    icon,
    label: (
      <>
        <Link href={path} onClick={onChosen} aria-current={chosen === path ? 'page' : undefined}>
          {t.app.pages[page]}
        </Link>
        <WaitingCount path={path} counters={counters.data} onChosen={onChosen} />
      </>
    ),
  }));
  return (
    <nav aria-label={t.app.menu}>
      <Menu mode="inline" selectedKeys={[chosen]} items={items} />
    </nav>
  );
}

function Head({ locale, live, onOpenMenu }: { locale: Locale; live: LiveState; onOpenMenu: (() => void) | null }) {
  const t = text();
  const { staff } = useSignedIn();
  const client = useQueryClient();
  const signOut = useMutation({ mutationFn: consoleApi.signOut, onSettled: () => client.setQueryData(sessionQuery.queryKey, null) });
  return (
    <Layout.Header className="head">
      <div className="row">
        {onOpenMenu && <Button icon={<MenuOutlined />} aria-label={t.app.openMenu} onClick={onOpenMenu} />}
        <strong>{t.app.title}</strong>
        {staff.sandbox && (
          <Tooltip title={t.app.sandboxHint}>
            <strong className="head-sandbox">{t.app.sandbox}</strong>
          </Tooltip>
        )}
        <LiveBadge state={live} />
      </div>
      {onOpenMenu === null && <FindBox />}
      <div className="row">
        <span className="head-staff">
          {t.app.shop(staff.shopId)} · {staff.name}（{t.words.role[staff.role]}）
        </span>
        <Button
          type="text"
          lang={locale === 'zh-CN' ? 'en' : 'zh-CN'}
          aria-label={t.app.languageLabel}
          onClick={() => switchLocale(locale === 'zh-CN' ? 'en-US' : 'zh-CN')}
        >
          {t.app.language}
        </Button>
        <Button type="text" icon={<LogoutOutlined />} loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {t.app.signOut}
        </Button>
      </div>
    </Layout.Header>
  );
}

/** The frame around every page: menu, who is signed in, whether changes are heard of. */
export function Shell({ locale }: { locale: Locale }) {
  const t = text();
  const live = useLive();
  const wide = useRoomForMenu();
  const [menuOpen, setMenuOpen] = useState(false);
  const [location] = useLocation();
  const { sandbox } = useSignedIn().staff;
  const page = MENU.find(({ path }) => path === location)?.page ?? (location.startsWith('/refunds/') ? 'refund' : 'workbench');
  useEffect(() => {
    document.title = `${sandbox ? `${t.app.sandbox} · ` : ''}${t.app.pages[page]} · ${t.app.title}`;
  }, [page, sandbox, t]);
  return (
    <Layout className="shell">
      <a className="skip-link" href="#content">
        {t.app.skip}
      </a>
      <Head locale={locale} live={live} onOpenMenu={wide ? null : () => setMenuOpen(true)} />
      <Layout>
        {wide ? (
          <Layout.Sider theme="light" width={184}>
            <MainMenu onChosen={() => {}} />
          </Layout.Sider>
        ) : (
          <Drawer open={menuOpen} onClose={() => setMenuOpen(false)} placement="left" size={240} title={t.app.menu}>
            <MainMenu onChosen={() => setMenuOpen(false)} />
          </Drawer>
        )}
        <Layout.Content className="content" id="content" tabIndex={-1} role="main">
          <CrashBoundary key={location}>
            <Suspense fallback={<Spin className="page-spin" aria-label={t.app.loading} />}>
              <Pages />
            </Suspense>
          </CrashBoundary>
        </Layout.Content>
      </Layout>
    </Layout>
  );
}
