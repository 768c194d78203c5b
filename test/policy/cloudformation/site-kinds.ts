// How do the site, its log and the users look in CloudFormation?
import { at, isProperties, listOf, type Properties } from '../../../policy/read.ts';
import { type MappedKind, pascal, renamed } from './shape.ts';

const part = (name: string, value: unknown): Properties => (value === undefined ? {} : { [name]: value });
const fields = (value: unknown): Properties => (isProperties(value) ? value : {});

/** In Pascal case, but for names that CloudFormation writes in a way of its own. */
const spelled = (value: unknown, names: Readonly<Record<string, string>>): Properties =>
  Object.fromEntries(
    Object.entries(fields(pascal(value))).map(([name, inner]) => [names[name] ?? name, inner]),
  );

const origin = (one: unknown): Properties => {
  const { originId, customOriginConfig, ...others } = fields(one);
  return {
    ...fields(pascal(others)),
    Id: originId,
    ...(customOriginConfig === undefined
      ? // Where access is controlled by OAC, CloudFormation wants the older way named and empty.
        { S3OriginConfig: { OriginAccessIdentity: '' } }
      : {
          CustomOriginConfig: spelled(customOriginConfig, {
            HttpPort: 'HTTPPort',
            HttpsPort: 'HTTPSPort',
            OriginSslProtocols: 'OriginSSLProtocols',
          }),
        }),
  };
};

const behaviour = (one: unknown): Properties => {
  const { functionAssociations, ...others } = fields(one);
  return {
    ...fields(pascal(others)),
    FunctionAssociations: listOf(functionAssociations).map((association) =>
      spelled(association, { FunctionArn: 'FunctionARN' }),
    ),
  };
};

const distribution: MappedKind = {
  type: 'AWS::CloudFront::Distribution',
  properties: (resource) => ({
    DistributionConfig: renamed(
      resource,
      {
        isIpv6Enabled: 'IPV6Enabled',
        origins: null,
        defaultCacheBehavior: null,
        orderedCacheBehaviors: null,
        viewerCertificate: null,
      },
      {
        Origins: listOf(resource.inputs['origins']).map(origin),
        DefaultCacheBehavior: behaviour(resource.inputs['defaultCacheBehavior']),
        CacheBehaviors: listOf(resource.inputs['orderedCacheBehaviors']).map(behaviour),
        ViewerCertificate: spelled(resource.inputs['viewerCertificate'], {
          CloudfrontDefaultCertificate: 'CloudFrontDefaultCertificate',
        }),
      },
    ),
  }),
};

const userPool: MappedKind = {
  type: 'AWS::Cognito::UserPool',
  properties: (resource) =>
    renamed(
      resource,
      {
        passwordPolicy: null,
        softwareTokenMfaConfiguration: null,
        userAttributeUpdateSettings: null,
        name: 'UserPoolName',
      },
      {
        Policies: { PasswordPolicy: pascal(resource.inputs['passwordPolicy']) },
        UserAttributeUpdateSettings: {
          AttributesRequireVerificationBeforeUpdate: listOf(
            at(resource.inputs, 'userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdates'),
          ),
        },
        EnabledMfas: at(resource.inputs, 'softwareTokenMfaConfiguration.enabled')
          ? ['SOFTWARE_TOKEN_MFA']
          : [],
      },
    ),
};

export const siteKinds: Readonly<Record<string, MappedKind>> = {
  'aws:cloudfront/distribution:Distribution': distribution,
  'aws:cloudfront/function:Function': {
    type: 'AWS::CloudFront::Function',
    properties: ({ name, inputs }) => ({
      Name: name,
      AutoPublish: inputs['publish'],
      FunctionCode: inputs['code'],
      FunctionConfig: { Comment: inputs['comment'], Runtime: inputs['runtime'] },
    }),
  },
  'aws:cloudfront/originAccessControl:OriginAccessControl': {
    type: 'AWS::CloudFront::OriginAccessControl',
    properties: (resource) => ({
      OriginAccessControlConfig: renamed(resource, {}, { Name: resource.name }),
    }),
  },
  'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy': {
    type: 'AWS::CloudFront::ResponseHeadersPolicy',
    properties: (resource) => ({
      ResponseHeadersPolicyConfig: renamed(resource, {}, { Name: resource.name }),
    }),
  },
  'aws:cloudwatch/logDeliverySource:LogDeliverySource': {
    type: 'AWS::Logs::DeliverySource',
    properties: (resource) => renamed(resource, { region: null }, { Name: resource.name }),
  },
  'aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination': {
    type: 'AWS::Logs::DeliveryDestination',
    properties: (resource) =>
      renamed(
        resource,
        { region: null, deliveryDestinationConfiguration: null },
        {
          Name: resource.name,
          DestinationResourceArn: at(
            resource.inputs,
            'deliveryDestinationConfiguration.destinationResourceArn',
          ),
        },
      ),
  },
  'aws:cloudwatch/logDelivery:LogDelivery': {
    type: 'AWS::Logs::Delivery',
    properties: (resource) => renamed(resource, { region: null }),
  },
  'aws:cognito/userPool:UserPool': userPool,
  'aws:cognito/userPoolClient:UserPoolClient': {
    type: 'AWS::Cognito::UserPoolClient',
    properties: (client) =>
      renamed(client, {
        name: 'ClientName',
        allowedOauthFlowsUserPoolClient: 'AllowedOAuthFlowsUserPoolClient',
        allowedOauthFlows: 'AllowedOAuthFlows',
        allowedOauthScopes: 'AllowedOAuthScopes',
        callbackUrls: 'CallbackURLs',
        logoutUrls: 'LogoutURLs',
      }),
  },
  'aws:cognito/userPoolDomain:UserPoolDomain': {
    type: 'AWS::Cognito::UserPoolDomain',
    properties: (domain) => renamed(domain, {}),
  },
  'aws:cognito/managedLoginBranding:ManagedLoginBranding': {
    type: 'AWS::Cognito::ManagedLoginBranding',
    properties: (branding) => renamed(branding, {}),
  },
  'aws:apigateway/authorizer:Authorizer': {
    type: 'AWS::ApiGateway::Authorizer',
    properties: (authorizer) =>
      renamed(
        authorizer,
        { restApi: 'RestApiId', providerArns: 'ProviderARNs' },
        part('Name', authorizer.inputs['name'] ?? authorizer.name),
      ),
  },
};
