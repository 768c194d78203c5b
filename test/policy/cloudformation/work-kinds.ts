// How do functions, queues, events, state machines, the API and alarms look in CloudFormation?
import { at, isProperties, listOf, type Properties } from '../../../policy/read.ts';
import type { Resource } from '../../../policy/resource.ts';
import { json, type MappedKind, pascal, renamed } from './shape.ts';

const part = (name: string, value: unknown): Properties => (value === undefined ? {} : { [name]: value });
const fields = (value: unknown): Properties => (isProperties(value) ? value : {});

const functionProperties = (resource: Resource): Properties =>
  renamed(
    resource,
    { imageUri: null, environment: null },
    {
      Code: { ImageUri: resource.inputs['imageUri'] },
      Environment: { Variables: at(resource.inputs, 'environment.variables') },
    },
  );

const redriveAllow = 'aws:sqs/redriveAllowPolicy:RedriveAllowPolicy';
const target = 'aws:cloudwatch/eventTarget:EventTarget';
const integration = 'aws:apigateway/integration:Integration';
const methodSettings = 'aws:apigateway/methodSettings:MethodSettings';

const dimensions = (value: unknown): unknown[] =>
  Object.entries(fields(value)).map(([Name, Value]) => ({ Name, Value }));

const metricQuery = (query: unknown): Properties => ({
  Id: at(query, 'id'),
  ...part('Expression', at(query, 'expression')),
  ...part('Label', at(query, 'label')),
  ReturnData: at(query, 'returnData') ?? false,
  ...part(
    'MetricStat',
    at(query, 'metric') && {
      Metric: {
        Namespace: at(query, 'metric.namespace'),
        MetricName: at(query, 'metric.metricName'),
        Dimensions: dimensions(at(query, 'metric.dimensions')),
      },
      Period: at(query, 'metric.period'),
      Stat: at(query, 'metric.stat'),
    },
  ),
});

const alarm = (resource: Resource): Properties =>
  renamed(
    resource,
    {
      dimensions: null,
      metricQueries: null,
      okActions: 'OKActions',
      evaluateLowSampleCountPercentiles: 'EvaluateLowSampleCountPercentile',
    },
    {
      ...part('Dimensions', resource.inputs['dimensions'] && dimensions(resource.inputs['dimensions'])),
      ...part(
        'Metrics',
        resource.inputs['metricQueries'] && listOf(resource.inputs['metricQueries']).map(metricQuery),
      ),
    },
  );

const stateMachine = ({ inputs }: Resource): Properties => ({
  StateMachineType: inputs['type'],
  RoleArn: inputs['roleArn'],
  DefinitionString: inputs['definition'],
  LoggingConfiguration: {
    Level: at(inputs, 'loggingConfiguration.level'),
    IncludeExecutionData: at(inputs, 'loggingConfiguration.includeExecutionData'),
    Destinations: [
      { CloudWatchLogsLogGroup: { LogGroupArn: at(inputs, 'loggingConfiguration.logDestination') } },
    ],
  },
  TracingConfiguration: pascal(inputs['tracingConfiguration']),
});

const queue: MappedKind = {
  type: 'AWS::SQS::Queue',
  settings: [redriveAllow],
  properties: (resource, settingsOf) =>
    renamed(
      resource,
      {
        messageRetentionSeconds: 'MessageRetentionPeriod',
        receiveWaitTimeSeconds: 'ReceiveMessageWaitTimeSeconds',
        visibilityTimeoutSeconds: 'VisibilityTimeout',
        redrivePolicy: null,
      },
      {
        ...part('RedrivePolicy', json(resource.inputs['redrivePolicy'])),
        ...part('RedriveAllowPolicy', json(settingsOf(redriveAllow)[0]?.inputs['redriveAllowPolicy'])),
      },
    ),
};

const policyOf = (type: string, owner: string, list: string): MappedKind => ({
  type,
  properties: ({ inputs }) => ({ [list]: [inputs[owner]], PolicyDocument: json(inputs['policy']) }),
});

/** A path is written `<path>/<method>`, with a star for all. */
function methodSetting({ inputs }: Resource): Properties {
  const [path = '', method] = String(inputs['methodPath']).split('/');
  return { ResourcePath: `/${path}`, HttpMethod: method, ...fields(pascal(inputs['settings'])) };
}

function fieldSelector(selector: unknown): Properties {
  const { startsWiths, ...field } = fields(selector);
  return { ...fields(pascal(field)), ...part('StartsWith', startsWiths) };
}

const restApiId = { restApi: 'RestApiId' };

const apiKinds: Readonly<Record<string, MappedKind>> = {
  'aws:apigateway/restApi:RestApi': {
    type: 'AWS::ApiGateway::RestApi',
    properties: ({ name, inputs }) => ({
      Name: name,
      Description: inputs['description'],
      SecurityPolicy: inputs['securityPolicy'],
      EndpointAccessMode: inputs['endpointAccessMode'],
      EndpointConfiguration: { Types: listOf(at(inputs, 'endpointConfiguration.types')) },
    }),
  },
  'aws:apigateway/resource:Resource': {
    type: 'AWS::ApiGateway::Resource',
    properties: (resource) => renamed(resource, restApiId),
  },
  'aws:apigateway/requestValidator:RequestValidator': {
    type: 'AWS::ApiGateway::RequestValidator',
    properties: (resource) => renamed(resource, restApiId),
  },
  'aws:apigateway/method:Method': {
    type: 'AWS::ApiGateway::Method',
    settings: [integration],
    properties: (method, settingsOf) => {
      const { type, uri, integrationHttpMethod, timeoutMilliseconds } =
        settingsOf(integration)[0]?.inputs ?? {};
      return renamed(
        method,
        {
          ...restApiId,
          authorization: 'AuthorizationType',
          requestParameters: null,
          requestModels: null,
        },
        {
          RequestParameters: method.inputs['requestParameters'],
          ...part('RequestModels', method.inputs['requestModels']),
          Integration: {
            Type: type,
            Uri: uri,
            IntegrationHttpMethod: integrationHttpMethod,
            TimeoutInMillis: timeoutMilliseconds,
          },
        },
      );
    },
  },
  'aws:apigateway/model:Model': {
    type: 'AWS::ApiGateway::Model',
    properties: (model) =>
      renamed(model, { ...restApiId, schema: null }, { Schema: json(model.inputs['schema']) }),
  },
  'aws:apigateway/response:Response': {
    type: 'AWS::ApiGateway::GatewayResponse',
    properties: (response) =>
      renamed(
        response,
        { responseParameters: null, responseTemplates: null },
        {
          ...part('ResponseParameters', response.inputs['responseParameters']),
          ...part('ResponseTemplates', response.inputs['responseTemplates']),
        },
      ),
  },
  'aws:apigateway/deployment:Deployment': {
    type: 'AWS::ApiGateway::Deployment',
    properties: (deployment) => renamed(deployment, { ...restApiId, triggers: null }),
  },
  'aws:apigateway/stage:Stage': {
    type: 'AWS::ApiGateway::Stage',
    settings: [methodSettings],
    properties: (stage, settingsOf) =>
      renamed(
        stage,
        {
          ...restApiId,
          deployment: 'DeploymentId',
          xrayTracingEnabled: 'TracingEnabled',
          accessLogSettings: 'AccessLogSetting',
        },
        {
          MethodSettings: settingsOf(methodSettings).map(methodSetting),
        },
      ),
  },
  'aws:apigateway/account:Account': {
    type: 'AWS::ApiGateway::Account',
    properties: ({ inputs }) => ({ CloudWatchRoleArn: inputs['cloudwatchRoleArn'] }),
  },
};

export const workKinds: Readonly<Record<string, MappedKind>> = {
  ...apiKinds,
  'aws:lambda/function:Function': { type: 'AWS::Lambda::Function', properties: functionProperties },
  'aws:lambda/eventSourceMapping:EventSourceMapping': {
    type: 'AWS::Lambda::EventSourceMapping',
    properties: (mapping) => renamed(mapping, {}),
  },
  'aws:lambda/permission:Permission': {
    type: 'AWS::Lambda::Permission',
    properties: (permission) => renamed(permission, { function: 'FunctionName' }),
  },
  'aws:sqs/queue:Queue': queue,
  'aws:sqs/queuePolicy:QueuePolicy': policyOf('AWS::SQS::QueuePolicy', 'queueUrl', 'Queues'),
  'aws:sns/topicPolicy:TopicPolicy': policyOf('AWS::SNS::TopicPolicy', 'arn', 'Topics'),
  'aws:sns/topic:Topic': { type: 'AWS::SNS::Topic', properties: (topic) => renamed(topic, {}) },
  'aws:sns/topicSubscription:TopicSubscription': {
    type: 'AWS::SNS::Subscription',
    properties: (subscription) => renamed(subscription, { topic: 'TopicArn' }),
  },
  'aws:cloudwatch/logGroup:LogGroup': {
    type: 'AWS::Logs::LogGroup',
    properties: (group) => renamed(group, { name: 'LogGroupName' }),
  },
  'aws:cloudwatch/metricAlarm:MetricAlarm': { type: 'AWS::CloudWatch::Alarm', properties: alarm },
  'aws:cloudwatch/dashboard:Dashboard': {
    type: 'AWS::CloudWatch::Dashboard',
    properties: (dashboard) => renamed(dashboard, {}),
  },
  'aws:cloudwatch/eventRule:EventRule': {
    type: 'AWS::Events::Rule',
    settings: [target],
    properties: (rule, settingsOf) =>
      renamed(
        rule,
        { eventPattern: null },
        {
          ...part('EventPattern', json(rule.inputs['eventPattern'])),
          Targets: settingsOf(target).map(({ name, inputs }) => ({
            Id: name,
            Arn: inputs['arn'],
            DeadLetterConfig: pascal(inputs['deadLetterConfig']),
            RetryPolicy: pascal(inputs['retryPolicy']),
          })),
        },
      ),
  },
  'aws:sfn/stateMachine:StateMachine': { type: 'AWS::StepFunctions::StateMachine', properties: stateMachine },
  'aws:budgets/budget:Budget': {
    type: 'AWS::Budgets::Budget',
    properties: ({ inputs }) => ({
      Budget: {
        BudgetType: inputs['budgetType'],
        TimeUnit: inputs['timeUnit'],
        BudgetLimit: { Amount: Number(inputs['limitAmount']), Unit: inputs['limitUnit'] },
        CostFilters: Object.fromEntries(
          listOf(inputs['costFilters']).map((filter) => [String(at(filter, 'name')), at(filter, 'values')]),
        ),
      },
      NotificationsWithSubscribers: listOf(inputs['notifications']).map((one) => {
        const { subscriberSnsTopicArns, ...notification } = fields(one);
        return {
          Notification: pascal(notification),
          Subscribers: listOf(subscriberSnsTopicArns).map((Address) => ({
            SubscriptionType: 'SNS',
            Address,
          })),
        };
      }),
    }),
  },
  'aws:cloudtrail/trail:Trail': {
    type: 'AWS::CloudTrail::Trail',
    properties: (trail) =>
      renamed(
        trail,
        { name: 'TrailName', kmsKeyId: 'KMSKeyId', advancedEventSelectors: null },
        {
          IsLogging: true,
          AdvancedEventSelectors: listOf(trail.inputs['advancedEventSelectors']).map((selector) => ({
            Name: at(selector, 'name'),
            FieldSelectors: listOf(at(selector, 'fieldSelectors')).map(fieldSelector),
          })),
        },
      ),
  },
};
