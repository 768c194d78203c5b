// What is shown while a page's code or words are on their way?

/** No words: they may be what is loading. */
export function PageLoading() {
  return (
    <div className="page-loading" aria-busy="true">
      <span className="spinner" />
    </div>
  );
}
