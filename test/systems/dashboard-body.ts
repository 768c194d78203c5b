// What does CloudWatch take as the body of a dashboard?
import { z } from 'zod';

const options = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z]\w*$/v)
    .optional(),
  label: z.string().min(1).optional(),
  expression: z.string().min(1).optional(),
  stat: z.enum(['Sum', 'Maximum', 'Average', 'p99']).optional(),
  visible: z.boolean().optional(),
});
/** Namespace, metric, pairs of dimensions, options; or a formula alone. */
const metricSeries = z.union([
  z.tuple([options.required({ expression: true, id: true })]),
  z
    .array(z.union([z.string().min(1), options]))
    .min(3)
    .refine((parts) => parts.slice(0, -1).every((part) => typeof part === 'string'), 'names first')
    .refine((parts) => parts.length % 2 === 1, 'dimensions in pairs')
    .refine((parts) => options.safeParse(parts.at(-1)).success, 'options last'),
]);
const place = {
  x: z.int().min(0).max(23),
  y: z.int().min(0),
  width: z.int().min(1).max(24),
  height: z.int().min(1).max(1000),
};
/** The structure that the CloudWatch API reference gives for a dashboard's body, as far as it is used here. */
export const dashboardBodySchema = z.strictObject({
  widgets: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({
          type: z.literal('text'),
          ...place,
          properties: z.strictObject({ markdown: z.string() }),
        }),
        z.strictObject({
          type: z.literal('alarm'),
          ...place,
          properties: z.strictObject({ title: z.string(), alarms: z.array(z.string()).min(1).max(100) }),
        }),
        z.strictObject({
          type: z.literal('metric'),
          ...place,
          properties: z.strictObject({
            title: z.string().min(1),
            region: z.string(),
            metrics: z.array(metricSeries).max(500),
            view: z.literal('timeSeries'),
            stacked: z.boolean(),
            period: z.int().multipleOf(60),
            yAxis: z.strictObject({ left: z.strictObject({ min: z.number() }) }),
            annotations: z
              .strictObject({
                horizontal: z.array(z.strictObject({ label: z.string(), value: z.number() })),
              })
              .optional(),
          }),
        }),
      ]),
    )
    .max(500),
});
