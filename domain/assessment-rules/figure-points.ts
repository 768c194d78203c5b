// Which figures are worth telling the candidate, and in which order?
import type { Point } from '../assessment.ts';
import type { Figure } from '../figure.ts';
import { formulas, formulaNames } from '../formulas.ts';
import type { FormulaName } from '../formulas.ts';
import { statements } from './statements.ts';

export type Figures = Readonly<Partial<Record<FormulaName, Figure>>>;

/** A point that may be told; of one group at most two are. */
export interface Candidate {
  readonly point: Point;
  readonly kind: 'strength' | 'weakness';
  readonly group: string;
  /** Higher is told first. */
  readonly rank: number;
}

const mostEvidence = 5;
const mostPoints = 3;
const mostPerGroup = 2;

/** Distance from the nearest end of the band, in the figure's unit: outside for a weakness, inside for a strength. */
function distance(name: FormulaName, value: number): number {
  const band = formulas[name].band;
  const ends = [band?.from, band?.to].filter((end) => end !== undefined);
  return Math.min(...ends.map((end) => Math.abs(value - end)));
}

function candidateOf(name: FormulaName, figure: Figure): Candidate | null {
  const rule = statements[name];
  if (!rule || figure.value === null || figure.standing === null) return null;
  const sentence = rule[figure.standing];
  if (!sentence) return null;
  return {
    kind: figure.standing === 'within' ? 'strength' : 'weakness',
    group: formulas[name].group,
    rank: rule.weight * (0.25 + 0.75 * Math.min(1, distance(name, figure.value) / rule.scale)),
    point: {
      statement: sentence(rule.write(figure.value)),
      figure: name,
      evidence: figure.evidence.slice(0, mostEvidence),
    },
  };
}

/** One candidate per topic from the figures that are known and have a band; what is missing makes no point. */
export function figureCandidates(figures: Figures): Candidate[] {
  const topics = new Set<string>();
  const candidates: Candidate[] = [];
  for (const name of Object.keys(statements).filter((key) => formulaNames.includes(key as FormulaName))) {
    const figure = figures[name as FormulaName];
    const candidate = figure ? candidateOf(name as FormulaName, figure) : null;
    const topic = statements[name as FormulaName]?.topic ?? name;
    if (!candidate || topics.has(topic)) continue;
    topics.add(topic);
    candidates.push(candidate);
  }
  return candidates;
}

/** The three that rank highest, at most two of one group; equal ranks keep their order. */
export function choosePoints(candidates: readonly Candidate[], kind: Candidate['kind']): Point[] {
  const perGroup = new Map<string, number>();
  return candidates
    .filter((candidate) => candidate.kind === kind)
    .toSorted((a, b) => b.rank - a.rank)
    .filter(({ group }) => {
      const count = (perGroup.get(group) ?? 0) + 1;
      perGroup.set(group, count);
      return count <= mostPerGroup;
    })
    .slice(0, mostPoints)
    .map((candidate) => candidate.point);
}
