// The alert rules. The queries are separate files, so that a test can check them against the code; what each alert means and
// what to do is in docs/operations.md under its name.

param location string
param tags object
param environmentName string
param workspaceId string
param email string
param quietHours int
param slowLeadSeconds int

var critical = 1
var warning = 2

var rules = [
  {
    name: 'needs-operator'
    text: 'Records were given up and need an operator'
    query: loadTextContent('../monitoring/alerts/needs-operator.kql')
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
    text: 'Operations have been waiting for an operator, or held, for 15 minutes'
    query: loadTextContent('../monitoring/alerts/attention.kql')
    severity: warning
    window: 'PT5M'
    every: 'PT5M'
    above: 0
    periods: 3
    dimensions: ['Pipeline', 'State']
  }
  {
    name: 'breaker-open'
    text: 'The circuit breaker of U-ON or a destination opened'
    query: loadTextContent('../monitoring/alerts/breaker-open.kql')
    severity: critical
    window: 'PT5M'
    every: 'PT5M'
    above: 0
    periods: 1
    dimensions: ['Breaker', 'Code']
  }
  {
    name: 'not-accepted'
    text: 'Webhooks were answered with 503'
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
    text: 'Leads take too long from webhook to order'
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
    text: 'Messages wait and nothing receives them'
    query: loadTextContent('../monitoring/alerts/queue-age.kql')
    severity: critical
    window: 'PT5M'
    every: 'PT5M'
    above: 600
    periods: 2
    dimensions: ['Queue']
  }
  {
    name: 'server-errors'
    text: 'The function app answers 5xx'
    query: loadTextContent('../monitoring/alerts/server-errors.kql')
    severity: critical
    window: 'PT5M'
    every: 'PT5M'
    above: 0
    periods: 1
    dimensions: []
  }
  {
    name: 'daily-cap'
    text: 'The daily telemetry cap is reached: no other log alert fires until the reset'
    query: loadTextContent('../monitoring/alerts/daily-cap.kql')
    severity: critical
    // The daily cap can stop telemetry for this long.
    window: 'P1D'
    every: 'PT15M'
    above: 0
    periods: 1
    dimensions: []
  }
]

// Rules about missing events: these fire below one.
var silences = [
  {
    name: 'heartbeat'
    text: 'The app has measured nothing for 15 minutes: it is down, or its telemetry does not arrive'
    query: loadTextContent('../monitoring/alerts/heartbeat.kql')
    severity: critical
    window: 'PT15M'
    every: 'PT5M'
  }
  {
    name: 'no-webhook'
    text: 'No webhook was accepted for ${quietHours} h'
    query: loadTextContent('../monitoring/alerts/no-webhook.kql')
    severity: warning
    window: quietHours < 24 ? 'PT${quietHours}H' : 'P${quietHours / 24}D'
    every: 'PT1H'
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
    // Tables without any data do not exist yet on the first day.
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

resource quiet 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in silences: {
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
    skipQueryValidation: true
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: rule.query
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
}]
