// What does AWS charge in us-east-1?

export interface Price {
  readonly usd: number;
  /** What the price is for. */
  readonly per: string;
  /** When the source said so: year, month or day. */
  readonly date: string;
  readonly source: string;
}

/**
 * On-demand prices of us-east-1 in the first tier, without the free tiers, without taxes. AWS's own pages fill most of
 * their tables by script; where they could not be read, the source is a text that quotes them, and its date is given.
 */
export const prices = {
  kmsKeyMonth: {
    usd: 1,
    per: 'customer key and month; a rotated version adds 1, twice at most',
    date: '2026-03',
    source: 'https://aws.amazon.com/kms/pricing/ (date: cloudburn.io/blog/aws-kms-pricing)',
  },
  alarmMonth: {
    usd: 0.1,
    per: 'metric of an alarm and month',
    date: '2026-06-13',
    source: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/',
  },
  dashboardMonth: {
    usd: 3,
    per: 'dashboard and month',
    date: '2026-06-13',
    source: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/',
  },
  logsGb: {
    usd: 0.5,
    per: 'GB of logs taken in',
    date: '2026-06-13',
    source: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/',
  },
  imageGbMonth: {
    usd: 0.1,
    per: 'GB in ECR and month',
    date: '2026-03',
    source: 'https://cloudburn.io/blog/amazon-ecr-pricing',
  },
  queueRequest: {
    usd: 0.4 / 1_000_000,
    per: 'request to a standard queue',
    date: '2026',
    source: 'https://aws.amazon.com/sqs/pricing/ as quoted in public repositories',
  },
  lambdaArmGbSecond: {
    usd: 0.000_013_333_4,
    per: 'GB-second on arm64',
    date: '2024',
    source: 'https://cloudchipr.com/blog/aws-lambda-pricing',
  },
  lambdaX86GbSecond: {
    usd: 0.000_016_666_7,
    per: 'GB-second on x86_64',
    date: '2026-08-21',
    source: 'AWS price list of us-east-2 (the same price) as quoted in public repositories',
  },
  lambdaRequest: {
    usd: 0.2 / 1_000_000,
    per: 'invocation',
    date: '2026-08-21',
    source: 'AWS price list of us-east-2 (the same price) as quoted in public repositories',
  },
  lambdaStorageGbSecond: {
    usd: 0.000_000_030_9,
    per: 'GB-second of /tmp above 512 MB',
    date: '2026-08-21',
    source: 'AWS price list of us-east-2 (the same price) as quoted in public repositories',
  },
  stateTransition: {
    usd: 0.025 / 1000,
    per: 'state transition of a STANDARD workflow',
    date: '2026-03-14',
    source:
      'https://aws.amazon.com/step-functions/pricing/ (date: wring.co/blog/aws-step-functions-pricing-guide)',
  },
  transcribedMinute: {
    usd: 0.024,
    per: 'minute of batch transcription, billed by the second, 15 s at least',
    date: '2026',
    source: 'https://aws.amazon.com/transcribe/pricing/ as quoted in public repositories',
  },
  labelledPicture: {
    usd: 0.001,
    per: 'picture sent to Rekognition DetectLabels',
    date: '2026',
    source: 'https://aws.amazon.com/rekognition/pricing/ as quoted in public repositories',
  },
  tableWrite: {
    usd: 0.625 / 1_000_000,
    per: 'write request unit on demand (1 KB)',
    date: '2026',
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/ as quoted in public repositories',
  },
  tableRead: {
    usd: 0.125 / 1_000_000,
    per: 'read request unit on demand (4 KB)',
    date: '2026',
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/ as quoted in public repositories',
  },
  objectGbMonth: {
    usd: 0.023,
    per: 'GB in S3 Standard and month',
    date: '2026',
    source: 'https://aws.amazon.com/s3/pricing/ as quoted in public repositories',
  },
  objectWrite: {
    usd: 0.005 / 1000,
    per: 'PUT, COPY, POST or LIST',
    date: '2026',
    source: 'https://aws.amazon.com/s3/pricing/ as quoted in public repositories',
  },
  objectRead: {
    usd: 0.0004 / 1000,
    per: 'GET',
    date: '2026',
    source: 'https://aws.amazon.com/s3/pricing/ as quoted in public repositories',
  },
  objectGbOut: {
    usd: 0.09,
    per: 'GB from S3 to the internet; the first 100 GB a month of an account are free',
    date: '2026',
    source: 'https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer as quoted in public repositories',
  },
  apiCall: {
    usd: 3.5 / 1_000_000,
    per: 'call of a REST API',
    date: '2026',
    source: 'https://aws.amazon.com/api-gateway/pricing/ as quoted in public repositories',
  },
  edgeRequest: {
    usd: 0.01 / 10_000,
    per: 'HTTPS request to CloudFront in the United States; the first ten million a month are free',
    date: '2026-06-13',
    source: 'https://www.factualminds.com/blog/amazon-cloudfront-pricing-regional-tiers-requests-security/',
  },
  edgeFunctionRun: {
    usd: 0.1 / 1_000_000,
    per: 'run of a CloudFront function; the first two million a month are free',
    date: '2026',
    source: 'https://cur.vantage.sh/aws/amazoncloudfront/',
  },
  edgeGb: {
    usd: 0.085,
    per: 'GB from CloudFront in the United States and Europe; the first TB a month is free',
    date: '2026',
    source: 'https://aws.amazon.com/cloudfront/pricing/',
  },
  keyRequest: {
    usd: 0.03 / 10_000,
    per: 'request to KMS; the first 20,000 a month are free',
    date: '2026-03',
    source: 'https://aws.amazon.com/kms/pricing/ (date: cloudburn.io/blog/aws-kms-pricing)',
  },
  userMonth: {
    usd: 0.015,
    per: 'user who signs in during a month, in the plan Essentials; the first ten thousand are free for ever',
    date: '2026',
    source: 'https://aws.amazon.com/cognito/pricing/ as quoted in public repositories',
  },
} as const satisfies { readonly [name: string]: Price };

export type PriceName = keyof typeof prices;
