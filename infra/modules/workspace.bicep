// The workspace that telemetry is kept in. Declared twice, because a rule that filters what comes in needs the workspace, and the workspace the rule.

param location string
param tags object
param name string
param telemetryDays int
// Of the rule that filters what comes in; empty: none yet.
param ruleId string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: telemetryDays
    features: {
      // Whoever may read a resource may read its logs: no rights on the workspace itself are needed.
      enableLogAccessUsingOnlyResourcePermissions: true
      // Keys of the workspace stop working; identities remain.
      disableLocalAuth: true
    }
    defaultDataCollectionRuleResourceId: empty(ruleId) ? null : ruleId
    workspaceCapping: {
      // A loop that logs must not cost more than a good week: about a hundred times of what 1,000 leads a day need.
      dailyQuotaGb: 1
    }
  }
}

output id string = workspace.id
