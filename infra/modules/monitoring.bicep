// Where telemetry goes, and the page that shows it.

param location string
param tags object
param environmentName string
param telemetryDays int
param publisherPrincipalId string

var workspaceName = 'log-uon-offerum-${environmentName}'

module workspace 'workspace.bicep' = {
  name: 'workspace'
  params: {
    location: location
    tags: tags
    name: workspaceName
    telemetryDays: telemetryDays
    ruleId: ''
  }
}

// In OpenTelemetry mode the Functions host sends metrics of its process, its runtime and its web server every minute, for each instance, and has
// no setting to stop this. Nobody reads them; filtered rows are not stored and not billed.
resource ownMetrics 'Microsoft.Insights/dataCollectionRules@2023-03-11' = {
  name: 'dcr-uon-offerum-${environmentName}'
  location: location
  tags: tags
  kind: 'WorkspaceTransforms'
  properties: {
    destinations: {
      logAnalytics: [
        { name: 'workspace', workspaceResourceId: workspace.outputs.id }
      ]
    }
    dataFlows: [
      {
        streams: ['Microsoft-Table-AppMetrics']
        destinations: ['workspace']
        transformKql: 'source | where Name startswith "uonofferum."'
      }
    ]
  }
}

module filtered 'workspace.bicep' = {
  name: 'workspace-filtered'
  params: {
    location: location
    tags: tags
    name: workspaceName
    telemetryDays: telemetryDays
    ruleId: ownMetrics.id
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-uon-offerum-${environmentName}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.outputs.id
    // Only identities may send: the connection string in the app's settings is then an address, not a secret.
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
    sourceId: workspace.outputs.id
    // The file does not name a workspace, so that it works for every installation.
    serializedData: replace(loadTextContent('../monitoring/workbook.json'), '{workspace}', workspace.outputs.id)
  }
}

output workspaceId string = workspace.outputs.id
output connection string = insights.properties.ConnectionString
