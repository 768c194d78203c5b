// What would AWS say after making a site, its files and its log, or a pool of users?
import { arnOf, globalArnOf, random, text, type Kind, type Making } from '../making.ts';
import { pseudoRandom, pseudoUuid } from '../pseudo-random.ts';

/** Where a resource is that says it itself. */
const placed = (making: Making): Making => ({
  ...making,
  region: text(making.inputs, 'region') || making.region,
});

const distribution: Kind = (making) => {
  const id = `E${random(making, 'upper', 13)}`;
  const label = pseudoRandom(`${making.urn} domain`, 'alphanum', 13);
  return {
    id,
    outputs: {
      arn: globalArnOf(making, 'cloudfront', `distribution/${id}`),
      domainName: `d${label}.cloudfront.net`,
      // CloudFront has one zone for all its names.
      hostedZoneId: 'Z2FDTNDATAQYW2',
      status: 'Deployed',
    },
  };
};

const accessControl: Kind = (making) => {
  const id = `E${random(making, 'upper', 13)}`;
  return { id, outputs: { name: making.named('name', 64) } };
};

const edgeFunction: Kind = (making) => {
  const name = making.named('name', 64);
  return { id: name, outputs: { name, arn: globalArnOf(making, 'cloudfront', `function/${name}`) } };
};

const headersPolicy: Kind = (making) => ({
  id: pseudoUuid(making.urn),
  outputs: { name: making.named('name', 128) },
});

const object: Kind = ({ inputs }) => {
  const [bucket, key] = [text(inputs, 'bucket'), text(inputs, 'key')];
  return { id: `${bucket}/${key}`, outputs: { key, arn: `arn:aws:s3:::${bucket}/${key}` } };
};

const deliverySource: Kind = (making) => {
  const name = making.named('name', 60);
  return { id: name, outputs: { name, arn: arnOf(placed(making), 'logs', `delivery-source:${name}`) } };
};

const deliveryDestination: Kind = (making) => {
  const name = making.named('name', 60);
  return { id: name, outputs: { name, arn: arnOf(placed(making), 'logs', `delivery-destination:${name}`) } };
};

const delivery: Kind = (making) => {
  const id = random(making, 'alphanum', 16);
  return { id, outputs: { arn: arnOf(placed(making), 'logs', `delivery:${id}`) } };
};

const userPool: Kind = (making) => {
  const id = `${making.region}_${random(making, 'alphanum', 9)}`;
  return {
    id,
    outputs: {
      name: making.named('name', 128),
      arn: arnOf(making, 'cognito-idp', `userpool/${id}`),
      endpoint: `cognito-idp.${making.region}.amazonaws.com/${id}`,
    },
  };
};

const userPoolClient: Kind = (making) => ({
  id: random(making, 'alphanum', 26),
  outputs: { name: making.named('name', 128) },
});

const userPoolDomain: Kind = (making) => {
  const domain = text(making.inputs, 'domain');
  return { id: domain, outputs: { domain } };
};

const apiPart: Kind = (making) => {
  const id = random(making, 'alphanum', 6);
  return { id, outputs: { name: making.named('name', 128) } };
};

export const site: { readonly [type: string]: Kind } = {
  'aws:apigateway/authorizer:Authorizer': apiPart,
  'aws:apigateway/model:Model': apiPart,
  'aws:cloudfront/distribution:Distribution': distribution,
  'aws:cloudfront/function:Function': edgeFunction,
  'aws:cloudfront/originAccessControl:OriginAccessControl': accessControl,
  'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy': headersPolicy,
  'aws:cloudwatch/logDelivery:LogDelivery': delivery,
  'aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination': deliveryDestination,
  'aws:cloudwatch/logDeliverySource:LogDeliverySource': deliverySource,
  'aws:cognito/userPool:UserPool': userPool,
  'aws:cognito/userPoolClient:UserPoolClient': userPoolClient,
  'aws:cognito/userPoolDomain:UserPoolDomain': userPoolDomain,
  'aws:s3/bucketObjectv2:BucketObjectv2': object,
};
