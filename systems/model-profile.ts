// Is a model's id that of an inference profile, which sends requests to several regions?

/** An inference profile by its id. */
export interface ModelProfile {
  /** `us`, `eu`, `apac`, `jp`, `au`, `us-gov`, `global` … */
  readonly geography: string;
  /** Id of the model itself: `amazon.nova-lite-v1:0`. */
  readonly modelId: string;
}

/**
 * The profile that an id names; `null` for a model itself. A profile is called `<geography>.<provider>.<model>`. The
 * name of a model may hold a full stop too (`deepseek.v3.2`), so that a geography is told by its form: two letters with
 * an optional addition, `apac` or `global`. No provider of Bedrock is called like that.
 */
export function profileOf(id: string): ModelProfile | null {
  const [, geography, modelId] = /^([a-z]{2}(?:-[a-z]+)?|apac|global)\.(.+)$/.exec(id) ?? [];
  return geography !== undefined && modelId !== undefined ? { geography, modelId } : null;
}
