// Which files make up the page’s own style and script, and how do they become one text each?

/** The texts that stand in `<style>` and `<script>`. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
}

/** Files of `style/`, without `.css`. */
export const styleFiles = [
  'page',
  'player',
  'transcript',
  'timeline',
  'figures',
  'assessment',
  'print',
] as const;
/** Files of `browser/`, without `.js`, in an order in which every file stands after those that it imports. */
export const scriptFiles = ['player', 'timeline', 'transcript', 'page'] as const;

/** The styles one after the other; the modules as one: the imports among them go, because all stand in one scope. */
export const joinAssets = (styles: readonly string[], modules: readonly string[]): PageAssets => ({
  style: styles.join('\n'),
  script: modules
    .map((module) =>
      module.replaceAll(/^import [^;]+;\n/gm, '').replaceAll(/^export (?=const|function)/gm, ''),
    )
    .join('\n'),
});
