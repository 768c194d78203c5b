// How does the app begin?
import './no-eval.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApiClient } from '../api/client.ts';
import { createQueryClient } from '../api/queries.ts';
import { startI18n } from '../i18n/start.ts';
import '../ui/base.css';
import { readConfig } from './config.ts';
import { AppContext } from './context.ts';
import { createIdentity } from './create-identity.ts';
import { reloadOnceOnMissingChunk } from './reload-once.ts';
import { createAppRouter } from './router.tsx';
import { StartFailure } from './start-failure.tsx';
import { LanguageOfComponents } from './language-of-components.tsx';

const place = document.querySelector('#app');
if (!place) throw new Error('index.html has no element with the id "app".');
const root = createRoot(place);

async function start(): Promise<void> {
  const [config] = await Promise.all([readConfig(), startI18n()]);
  const identity = await createIdentity(config);
  const api = createApiClient({
    apiUrl: config.apiUrl,
    token: identity.token,
    onRefused: identity.refuse,
  });
  const queryClient = createQueryClient();
  // Another user's answers must not outlive their session.
  identity.subscribe(() => queryClient.clear());
  const router = createAppRouter();
  root.render(
    <StrictMode>
      <AppContext value={{ config, identity, api }}>
        <QueryClientProvider client={queryClient}>
          <LanguageOfComponents>
            <RouterProvider router={router} />
          </LanguageOfComponents>
        </QueryClientProvider>
      </AppContext>
    </StrictMode>,
  );
}

reloadOnceOnMissingChunk(window);
start().catch((error: unknown) => root.render(<StartFailure error={error} />));
