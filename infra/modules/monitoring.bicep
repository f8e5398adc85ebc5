// Where telemetry goes, and the page that shows it.

param location string
param tags object
param environmentName string
param telemetryDays int
param publisherPrincipalId string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-uon-offerum-${environmentName}'
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
    workspaceCapping: {
      // A loop that logs must not cost more than a good week: about a hundred times of what 1,000 leads a day need.
      dailyQuotaGb: 1
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-uon-offerum-${environmentName}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // Only identities send: the connection string in the app's settings is then an address, not a secret.
    DisableLocalAuth: true
    // Client addresses are personal data, and nothing here needs them.
    DisableIpMasking: false
  }
}

// Monitoring Metrics Publisher: lets the app, and nobody else, send telemetry.
resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, publisherPrincipalId, '3913510d-42f4-4e42-8a64-420c390055eb')
  properties: {
    principalId: publisherPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '3913510d-42f4-4e42-8a64-420c390055eb')
  }
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'uon-offerum', environmentName)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'U-ON to Offerum (${environmentName})'
    category: 'workbook'
    sourceId: workspace.id
    // The file names no workspace, so that one file serves every installation.
    serializedData: replace(loadTextContent('../monitoring/workbook.json'), '{workspace}', workspace.id)
  }
}

output workspaceId string = workspace.id
output connection string = insights.properties.ConnectionString
