// The secrets. The app's settings hold references to them; people with the portal's Reader role see names, not values.

param location string
param tags object
@maxLength(24)
param name string
param publicAccess bool
param readerPrincipalId string
param operatorPrincipalId string
param operatorPrincipalType string
param pipelineName string
param editing bool
param codePipeline bool
@secure()
param uonApiKey string
@secure()
param offerumApiKey string
@secure()
param webhookSecret string
@secure()
param postbackSecret string
@secure()
param indexKey string
param postbacks bool
param vaultNames array
@secure()
param vaultValues object

// Key Vault Secrets User: reads values, nothing else. For the app.
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

// Key Vault Secrets Officer: writes values. For whoever rotates them.
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    // A deleted vault can be recovered for 90 days, and nobody can purge it earlier: without the index key the phone index is lost.
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      defaultAction: publicAccess ? 'Allow' : 'Deny'
      bypass: 'None'
    }
  }
}

// Only given values are written, so that a later deployment without secrets keeps rotated values.
resource uonKey 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(uonApiKey)) {
  parent: vault
  name: '${pipelineName}-uon-api-key'
  properties: { value: uonApiKey }
}

resource offerumKey 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(offerumApiKey)) {
  parent: vault
  name: '${pipelineName}-offerum-api-key'
  properties: { value: offerumApiKey }
}

// Secrets that no other system issues are generated at the first deployment and never replaced by a later one.
@onlyIfNotExists()
resource webhook 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (codePipeline) {
  parent: vault
  name: '${pipelineName}-webhook-secret'
  properties: { value: webhookSecret }
}

@onlyIfNotExists()
resource postback 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (codePipeline && postbacks) {
  parent: vault
  name: '${pipelineName}-postback-secret'
  properties: { value: postbackSecret }
}

@onlyIfNotExists()
resource index 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'journal-index-key'
  properties: { value: indexKey }
}

resource more 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = [for secret in vaultNames: if (contains(vaultValues, secret)) {
  parent: vault
  name: secret
  properties: { value: vaultValues[?secret] ?? '' }
}]

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, readerPrincipalId, secretsUser)
  properties: {
    principalId: readerPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

// The app sets the secrets of pipelines created on the page. The narrowest built-in role that may set one also deletes, purges and restores.
resource writerRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (editing) {
  name: guid(resourceGroup().id, 'uon-offerum secret writer')
  properties: {
    roleName: 'uon-offerum secret writer (${name})'
    description: 'Sets secrets in a Key Vault, and nothing else.'
    type: 'CustomRole'
    permissions: [
      { actions: [], notActions: [], dataActions: ['Microsoft.KeyVault/vaults/secrets/setSecret/action'], notDataActions: [] }
    ]
    assignableScopes: [resourceGroup().id]
  }
}

resource writer 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (editing) {
  scope: vault
  name: guid(vault.id, readerPrincipalId, 'writer')
  properties: {
    principalId: readerPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: writerRole.id
  }
}

resource officer 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  scope: vault
  name: guid(vault.id, operatorPrincipalId, secretsOfficer)
  properties: {
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
  }
}

output id string = vault.id
output name string = vault.name
output uri string = vault.properties.vaultUri
