// What is shown when the app cannot even begin? Words that need no file, in both languages.

const words = {
  en: {
    title: 'Greenroom could not start',
    hint: 'The server does not answer as it should.',
    again: 'Try again',
  },
  pt: {
    title: 'O Greenroom não conseguiu iniciar',
    hint: 'O servidor não responde como deveria.',
    again: 'Tentar novamente',
  },
};

export function StartFailure({ error }: { readonly error: unknown }) {
  const { title, hint, again } = navigator.language.startsWith('pt') ? words.pt : words.en;
  return (
    <main className="lone-page">
      <h1>{title}</h1>
      <p>{hint}</p>
      <p className="muted">{error instanceof Error ? error.message : String(error)}</p>
      <button type="button" className="button button-primary" onClick={() => location.reload()}>
        {again}
      </button>
    </main>
  );
}
