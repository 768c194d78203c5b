// What surrounds every page?
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { signedInPath } from '../../../domain/api/sign-in.ts';
import { SignInPage } from '../pages/sign-in/page.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { UploadsProvider } from '../uploads/uploads-context.tsx';
import { useIsSignedIn } from './context.ts';
import { Header } from './header.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { PageLoading } from './page-loading.tsx';
import './shell.css';

const UploadTray = lazy(async () => ({
  default: (await import('../uploads/upload-tray.tsx')).UploadTray,
}));

/** Pages that anyone may read. */
const openPages = new Set(['/privacy', signedInPath]);

export function Shell() {
  const { t } = useTranslation();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isSignedIn = useIsSignedIn();
  return (
    <div className="shell">
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('skipToContent')}
      </a>
      <Header />
      <OfflineBanner />
      <UploadsOfUser isSignedIn={isSignedIn}>
        <main id="main" ref={main} tabIndex={-1}>
          <Suspense fallback={<PageLoading />}>
            {isSignedIn || openPages.has(path) ? <Outlet /> : <SignInPage />}
          </Suspense>
        </main>
      </UploadsOfUser>
      <Toasts />
    </div>
  );
}

function UploadsOfUser({
  isSignedIn,
  children,
}: {
  readonly isSignedIn: boolean;
  readonly children: ReactNode;
}) {
  if (!isSignedIn) return children;
  return (
    <UploadsProvider>
      {children}
      <Suspense fallback={null}>
        <UploadTray />
      </Suspense>
    </UploadsProvider>
  );
}
