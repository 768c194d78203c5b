// Where does each state of a machine stand in the picture? From top to bottom, with the branches of a Parallel in a frame.
import { Graph, layout } from '@dagrejs/dagre';
import type { RunState, RunTransition, RunView } from '../../../../domain/api/run-view.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `x` and `y` are the upper left corner, in CSS pixels. */
export interface Box extends Point {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly kind: RunTransition['kind'];
  readonly points: readonly Point[];
}

export interface RunLayout {
  readonly width: number;
  readonly height: number;
  /** One for each state; a state with branches has its box at the top of its frame. */
  readonly boxes: readonly Box[];
  /** Around the branches of a state, the outer ones first. */
  readonly frames: readonly Box[];
  readonly lines: readonly Line[];
}

const boxHeight = 40;
const margin = 8;
const characterWidth = 7.2;
const padding = 44;

const widthOf = (name: string): number => Math.max(104, name.length * characterWidth + padding);

/** Dagre draws no line to a frame, so a frame has a foot inside through which everything leaves it. */
const frameOf = (name: string): string => `${name} (frame)`;
const footOf = (name: string): string => `${name} (foot)`;

const branchKey = ({ parent, branch }: RunState): string => `${parent ?? ''}#${String(branch)}`;

/** The first state of each branch is the one that no other of the branch leads to, else the first that is listed. */
function startsOf(states: readonly RunState[], transitions: readonly RunTransition[]): readonly RunState[] {
  const reached = new Set(transitions.map(({ to }) => to));
  return [...Map.groupBy(states, branchKey).values()].flatMap(
    (branch) => branch.find(({ name }) => !reached.has(name)) ?? branch.slice(0, 1),
  );
}

const endsOf = (states: readonly RunState[], transitions: readonly RunTransition[]): readonly RunState[] => {
  const left = new Set(transitions.map(({ from }) => from));
  return states.filter(({ name }) => !left.has(name));
};

const nextLine = (from: string, to: string): RunTransition => ({ from, to, kind: 'next' });

function drawnLines({
  states,
  transitions,
}: Pick<RunView, 'states' | 'transitions'>): readonly RunTransition[] {
  const groups = new Set(states.flatMap(({ parent }) => parent ?? []));
  const lastOf = (name: string): string => (groups.has(name) ? footOf(name) : name);
  const inside = [...groups].flatMap((group) => {
    const children = states.filter(({ parent }) => parent === group);
    const starts = startsOf(children, transitions).map(({ name }) => nextLine(group, name));
    return starts.concat(
      endsOf(children, transitions).map(({ name }) => nextLine(lastOf(name), footOf(group))),
    );
  });
  const between = transitions.map((one) => (groups.has(one.from) ? { ...one, from: footOf(one.from) } : one));
  return [...inside, ...between];
}

/** The same machine always has the same picture, whatever happened in it. */
export function layoutRun(view: Pick<RunView, 'states' | 'transitions'>): RunLayout {
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 20, ranksep: 32 });
  graph.setDefaultEdgeLabel(() => ({}));
  const groups = [...new Set(view.states.flatMap(({ parent }) => parent ?? []))];
  for (const group of groups) {
    graph.setNode(frameOf(group), {});
    graph.setNode(footOf(group), { width: 1, height: 1 });
    graph.setParent(footOf(group), frameOf(group));
  }
  for (const { name, parent } of view.states) {
    graph.setNode(name, { width: widthOf(name), height: boxHeight });
    if (groups.includes(name)) {
      graph.setParent(name, frameOf(name));
      if (parent !== null) graph.setParent(frameOf(name), frameOf(parent));
    } else if (parent !== null) graph.setParent(name, frameOf(parent));
  }
  const lines = drawnLines(view);
  for (const [index, { from, to }] of lines.entries()) graph.setEdge(from, to, {}, String(index));
  layout(graph);
  const boxOf = (id: string, name: string): Box => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id);
    return { name, width, height, x: x - width / 2, y: y - height / 2 };
  };
  return intoView({
    boxes: view.states.map(({ name }) => boxOf(name, name)),
    frames: groups.map((name) => boxOf(frameOf(name), name)),
    lines: lines.map(({ from, to, kind }, index) => ({
      from,
      to,
      kind,
      points: graph.edge({ v: from, w: to, name: String(index) }).points ?? [],
    })),
  });
}

/** Dagre leads lines around frames even where its own picture has ended. */
function intoView({ boxes, frames, lines }: Pick<RunLayout, 'boxes' | 'frames' | 'lines'>): RunLayout {
  const areas = [...boxes, ...frames, ...lines.flatMap(({ points }) => points.map(areaOf))];
  const left = Math.min(...areas.map(({ x }) => x)) - margin;
  const top = Math.min(...areas.map(({ y }) => y)) - margin;
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x - left, y: point.y - top });
  return {
    width: Math.max(...areas.map(({ x, width }) => x + width)) - left + margin,
    height: Math.max(...areas.map(({ y, height }) => y + height)) - top + margin,
    boxes: boxes.map(move),
    frames: frames.map(move),
    lines: lines.map((line) => ({ ...line, points: line.points.map(move) })),
  };
}

const areaOf = ({ x, y }: Point) => ({ x, y, width: 0, height: 0 });

/** The path of a line, with its corners rounded. */
export function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = [`M${first.x} ${first.y}`];
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    parts.push(
      next
        ? `Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`
        : `L${point.x} ${point.y}`,
    );
  }
  return parts.join(' ');
}
