// What wakes somebody up. The queries are files beside this one, so that a test can hold them against the code; what each alert means and
// what to do is in docs/operations.md under its name.

param location string
param tags object
param environmentName string
param workspaceId string
param functionAppId string
param email string
param quietHours int
param slowLeadSeconds int

var critical = 1
var warning = 2

var rules = [
  {
    name: 'needs-person'
    text: 'Records were given up and need a person'
    query: loadTextContent('../monitoring/alerts/needs-person.kql')
    severity: critical
    window: 'PT5M'
    every: 'PT5M'
    above: 0
    periods: 1
    dimensions: ['Queue', 'Code']
  }
  {
    name: 'poison'
    text: 'Messages stay in a poison queue'
    query: loadTextContent('../monitoring/alerts/poison.kql')
    severity: critical
    window: 'PT5M'
    every: 'PT5M'
    above: 0
    periods: 3
    dimensions: ['Queue']
  }
  {
    name: 'attention'
    text: 'Operations have been waiting for a person, or held, for 15 minutes'
    query: loadTextContent('../monitoring/alerts/attention.kql')
    severity: warning
    window: 'PT5M'
    every: 'PT5M'
    above: 0
    periods: 3
    dimensions: ['Pipeline', 'State']
  }
  {
    name: 'gate-closed'
    text: 'U-ON or Offerum was put on hold'
    query: loadTextContent('../monitoring/alerts/gate-closed.kql')
    severity: critical
    window: 'PT5M'
    every: 'PT5M'
    above: 0
    periods: 1
    dimensions: ['Gate', 'Code']
  }
  {
    name: 'not-accepted'
    text: 'Webhooks were answered 503'
    query: loadTextContent('../monitoring/alerts/not-accepted.kql')
    severity: critical
    window: 'PT5M'
    every: 'PT5M'
    above: 0
    periods: 1
    dimensions: []
  }
  {
    name: 'slow'
    text: 'Leads take long from webhook to order'
    query: loadTextContent('../monitoring/alerts/slow.kql')
    severity: warning
    window: 'PT30M'
    every: 'PT15M'
    above: slowLeadSeconds
    periods: 1
    dimensions: []
  }
  {
    name: 'dependencies'
    text: 'Calls to U-ON or Offerum fail'
    query: loadTextContent('../monitoring/alerts/dependencies.kql')
    severity: warning
    window: 'PT15M'
    every: 'PT5M'
    above: 10
    periods: 1
    dimensions: ['Name']
  }
  {
    name: 'queue-age'
    text: 'Messages wait and nothing takes them'
    query: loadTextContent('../monitoring/alerts/queue-age.kql')
    severity: critical
    window: 'PT5M'
    every: 'PT5M'
    above: 600
    periods: 2
    dimensions: ['Queue']
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-uon-offerum-${environmentName}'
  // Action groups are not in a region.
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'uonofferum'
    emailReceivers: empty(email) ? [] : [
      { name: 'email', emailAddress: email, useCommonAlertSchema: true }
    ]
  }
}

resource queries 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: 'uon-offerum-${environmentName}-${rule.name}'
  location: location
  tags: tags
  properties: {
    displayName: '${rule.name}: ${rule.text}'
    description: '${rule.text}. What to do: docs/operations.md, ${rule.name}.'
    severity: rule.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: rule.every
    windowSize: rule.window
    // Tables that nothing was ever sent to do not exist yet on the first day.
    skipQueryValidation: true
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'Value'
          operator: 'GreaterThan'
          threshold: rule.above
          dimensions: [for dimension in rule.dimensions: { name: dimension, operator: 'Include', values: ['*'] }]
          failingPeriods: { numberOfEvaluationPeriods: rule.periods, minFailingPeriodsToAlert: rule.periods }
        }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}]

// The one alert about what does not happen, so the one that fires below its threshold.
resource silence 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'uon-offerum-${environmentName}-no-webhook'
  location: location
  tags: tags
  properties: {
    displayName: 'no-webhook: No webhook for ${quietHours} h'
    description: 'No webhook was taken for ${quietHours} h. What to do: docs/operations.md, no-webhook.'
    severity: warning
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT1H'
    windowSize: quietHours < 24 ? 'PT${quietHours}H' : 'P${quietHours / 24}D'
    skipQueryValidation: true
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: loadTextContent('../monitoring/alerts/no-webhook.kql')
          timeAggregation: 'Total'
          metricMeasureColumn: 'Value'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}

// The platform's own count of 5xx: sees also what never reached the app's code.
resource serverErrors 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'uon-offerum-${environmentName}-server-errors'
  location: 'global'
  tags: tags
  properties: {
    description: 'The function app answers 5xx. What to do: docs/operations.md, server-errors.'
    severity: critical
    enabled: true
    scopes: [functionAppId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'Http5xx'
          metricNamespace: 'Microsoft.Web/sites'
          metricName: 'Http5xx'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}
