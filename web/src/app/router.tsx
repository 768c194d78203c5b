// Which page has which address?
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { signedInPath } from '../../../domain/api/sign-in.ts';
import { ErrorPage } from './error-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { PageLoading } from './page-loading.tsx';
import { Shell } from './shell.tsx';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });
const below = <const Path extends string>(path: Path) => ({ getParentRoute: () => rootRoute, path });

const routeTree = rootRoute.addChildren([
  createRoute({
    ...below('/'),
    component: lazyRouteComponent(() => import('../pages/practise/page.tsx'), 'PractisePage'),
  }),
  createRoute({
    ...below('/attempts'),
    component: lazyRouteComponent(() => import('../pages/attempts/page.tsx'), 'AttemptsPage'),
  }),
  createRoute({
    ...below('/records/$recordId'),
    component: lazyRouteComponent(() => import('../pages/report/page.tsx'), 'ReportPage'),
  }),
  createRoute({
    ...below('/records/$recordId/run'),
    component: lazyRouteComponent(() => import('../pages/runs/run-page.tsx'), 'RunPage'),
  }),
  createRoute({
    ...below('/compare/$left/$right'),
    component: lazyRouteComponent(() => import('../pages/compare/page.tsx'), 'ComparePage'),
  }),
  createRoute({
    ...below('/runs'),
    component: lazyRouteComponent(() => import('../pages/runs/page.tsx'), 'RunsPage'),
  }),
  createRoute({
    ...below('/questions'),
    component: lazyRouteComponent(() => import('../pages/questions/page.tsx'), 'QuestionsPage'),
  }),
  createRoute({
    ...below('/settings'),
    component: lazyRouteComponent(() => import('../pages/settings/page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    ...below('/privacy'),
    component: lazyRouteComponent(() => import('../pages/privacy/page.tsx'), 'PrivacyPage'),
  }),
  createRoute({
    ...below(signedInPath),
    component: lazyRouteComponent(() => import('../pages/sign-in/signed-in-page.tsx'), 'SignedInPage'),
  }),
]);

export const createAppRouter = () =>
  createRouter({
    routeTree,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: ErrorPage,
    defaultPendingComponent: PageLoading,
    defaultNotFoundComponent: NotFoundPage,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
