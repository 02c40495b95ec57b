import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { App as AntdApp, ConfigProvider, Spin, type ThemeConfig } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
// Before our own styles, which are stronger.
import 'antd/dist/antd.css';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { lazy, Suspense, useEffect } from 'react';
import { Router } from 'wouter';
import { setCsrfToken, whenSignedOut } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { configQuery, sessionQuery } from '../api/queries.ts';
import { noteServerTime } from '../api/server-clock.ts';
import { type Locale, text } from '../i18n/text.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { usePhone } from '../ui/window-width.ts';
import { CrashBoundary } from './crash-boundary.tsx';
import { SignedInProvider } from '../features/session/permissions.tsx';
import { Shell } from './shell.tsx';

const SignInPage = lazy(() => import('../pages/sign-in/sign-in-page.tsx').then((page) => ({ default: page.SignInPage })));
const FirstPasswordPage = lazy(() =>
  import('../pages/sign-in/first-password-page.tsx').then((page) => ({ default: page.FirstPasswordPage })),
);

/** Who asked the system for less movement gets none. */
const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * antd's palette moved to WCAG AA contrast on white and on its own tints. The tints are named too: antd would derive
 * them from the darker seeds and they would be too dark for text.
 */
const theme: ThemeConfig = {
  // The styles are a file that is read once: made anew in the browser, they were a quarter of the work of every page.
  zeroRuntime: true,
  token: {
    motion: !isStill,
    colorPrimary: '#0958d9',
    colorPrimaryBg: '#e6f4ff',
    colorLink: '#0950c4',
    colorInfo: '#0958d9',
    colorInfoBg: '#e6f4ff',
    colorInfoBorder: '#91caff',
    colorSuccess: '#237804',
    colorSuccessBg: '#f6ffed',
    colorSuccessBorder: '#b7eb8f',
    colorWarning: '#ad4e00',
    colorWarningBg: '#fffbe6',
    colorWarningBorder: '#ffe58f',
    colorError: '#b00c0c',
    // Under the pointer or after a tap: antd's own are paler than the text they are.
    colorPrimaryHover: '#003eb3',
    colorLinkHover: '#003eb3',
    colorErrorHover: '#820808',
    colorErrorBg: '#fff2f0',
    colorErrorBorder: '#ffccc7',
    colorTextSecondary: '#4a4a4a',
    colorTextTertiary: '#595959',
    colorTextDescription: '#595959',
    colorTextPlaceholder: '#6b6b6b',
    colorTextQuaternary: '#6b6b6b',
  },
};

/** For fingers (WCAG 2.5.5: 44 px), and with letters that a phone does not zoom in on. */
const phoneTheme: ThemeConfig = {
  ...theme,
  token: { ...theme.token, controlHeight: 44, controlHeightSM: 32, controlHeightLG: 48 },
  components: { Input: { inputFontSize: 16 }, Select: { fontSize: 16 } },
};

/** A refusal stays a refusal; a service that cannot be reached is asked again. */
function isWorthRepeating(failures: number, error: Error): boolean {
  return failures < 3 && (!(error instanceof ApiProblem) || error.status >= 500 || error.status === 429);
}

// The browser's own idea of being offline is not asked: behind a VPN it is often wrong, and a decision would hang for ever.
const networkMode = 'always';
const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 2_000, retry: isWorthRepeating, refetchOnWindowFocus: true, networkMode },
    mutations: { retry: false, networkMode },
  },
});
whenSignedOut(() => client.setQueryData(sessionQuery.queryKey, null));

function Centred() {
  return (
    <div className="sign-in" role="status" aria-label={text().app.loading}>
      <Spin size="large" />
    </div>
  );
}

/** Nobody signed in: the sign-in page at whatever address; a one-time password: its change; else the console. */
function Entrance({ locale }: { locale: Locale }) {
  const session = useQuery(sessionQuery);
  const staff = session.data?.staff ?? null;
  const config = useQuery({ ...configQuery, enabled: staff !== null && !staff.mustChangePassword });
  const csrfToken = session.data?.csrfToken ?? null;
  setCsrfToken(csrfToken);
  const serverTime = session.data?.serverTime;
  useEffect(() => {
    if (serverTime !== undefined) noteServerTime(serverTime);
  }, [serverTime]);
  useEffect(() => {
    if (csrfToken === null) client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  }, [csrfToken]);

  if (session.isPending) return <Centred />;
  // Only without an answer yet: a service that is away leaves what stands on the page, whose frame says so and goes on asking.
  if (session.isLoadingError) return <ProblemAlert error={session.error} onRetry={() => void session.refetch()} />;
  if (staff === null) return <SignInPage locale={locale} />;
  if (staff.mustChangePassword) return <FirstPasswordPage />;
  if (config.isPending) return <Centred />;
  if (config.isLoadingError) return <ProblemAlert error={config.error} onRetry={() => void config.refetch()} />;
  return (
    <SignedInProvider staff={staff} config={config.data}>
      <Shell locale={locale} />
    </SignedInProvider>
  );
}

/** The whole console in one language. */
export function App({ locale }: { locale: Locale }) {
  const phone = usePhone();
  dayjs.locale(locale === 'zh-CN' ? 'zh-cn' : 'en');
  return (
    <ConfigProvider
      locale={locale === 'zh-CN' ? zhCN : enUS}
      theme={phone ? phoneTheme : theme}
      button={{ autoInsertSpace: false }}
      // The ring around what was clicked does not ask the theme.
      wave={{ disabled: isStill }}
    >
      <AntdApp>
        <CrashBoundary>
          <QueryClientProvider client={client}>
            <Router base="/console">
              <Suspense fallback={<Centred />}>
                <Entrance locale={locale} />
              </Suspense>
            </Router>
          </QueryClientProvider>
        </CrashBoundary>
      </AntdApp>
    </ConfigProvider>
  );
}
