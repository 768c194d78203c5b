// How does a route say that a request cannot be met, and that this was to be expected?
import type { ProblemCode, ProblemDocument } from '../../domain/api/problem.ts';

/** Thrown by a route; becomes the problem document of its code. The sentence is for the user. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ProblemCode;
  /** `null`: what the code says anyway. */
  readonly detail: string | null;
  readonly errors: ProblemDocument['errors'];
  constructor(code: ProblemCode, detail: string | null = null, errors?: ProblemDocument['errors']) {
    super(detail ?? code);
    this.code = code;
    this.detail = detail;
    this.errors = errors;
  }
}
