// Everything within the resource group, and who may do what to whom.

param location string
param tags object
param suffix string
param environmentName string
param pipelineName string
param offerum bool
param offerumFlow string
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
param destinations string
param settings object
param vaultSettings object
@secure()
param vaultValues object
param journalLock bool
param maximumInstanceCount int
param instanceMemoryMB int
param alwaysReadyInstances int
param storageSku string
param privateNetwork bool
param consoleClientId string
param alertEmail string
param quietHours int
param slowLeadSeconds int
param telemetryDays int
param operatorPrincipalId string
param operatorPrincipalType string

// User-assigned, so that its roles exist before the app starts for the first time and outlive a re-creation of the app.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-uon-offerum-${environmentName}'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    location: location
    tags: tags
    environmentName: environmentName
    telemetryDays: telemetryDays
    publisherPrincipalId: identity.properties.principalId
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    tags: tags
    name: 'stuonofferum${suffix}'
    sku: storageSku
    publicAccess: !privateNetwork
    appPrincipalId: identity.properties.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    journalLock: journalLock
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    location: location
    tags: tags
    name: 'kv-uonoff-${suffix}'
    publicAccess: !privateNetwork
    readerPrincipalId: identity.properties.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    pipelineName: pipelineName
    uonApiKey: uonApiKey
    offerumApiKey: offerumApiKey
    editing: editing
    codePipeline: codePipeline
    webhookSecret: webhookSecret
    postbackSecret: postbackSecret
    indexKey: indexKey
    postbacks: postbacks
    vaultNames: union([], map(items(vaultSettings), setting => setting.value))
    vaultValues: vaultValues
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  params: {
    location: location
    tags: tags
    environmentName: environmentName
    storageId: storage.outputs.id
    vaultId: vault.outputs.id
  }
}

module functions 'modules/functions.bicep' = {
  name: 'functions'
  params: {
    location: location
    tags: tags
    name: 'func-uon-offerum-${environmentName}-${suffix}'
    identityId: identity.id
    identityClientId: identity.properties.clientId
    storageName: storage.outputs.name
    deploymentContainer: storage.outputs.deploymentContainer
    vaultUri: vault.outputs.uri
    insightsConnection: monitoring.outputs.connection
    pipelineName: pipelineName
    offerum: offerum
    offerumFlow: offerumFlow
    editing: editing
    codePipeline: codePipeline
    postbacks: postbacks
    destinations: destinations
    settings: settings
    vaultSettings: vaultSettings
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    alwaysReadyInstances: alwaysReadyInstances
    subnetId: network.?outputs.appSubnetId ?? ''
    consoleClientId: consoleClientId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    location: location
    tags: tags
    environmentName: environmentName
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
    quietHours: quietHours
    slowLeadSeconds: slowLeadSeconds
  }
}

output address string = functions.outputs.address
output functionAppName string = functions.outputs.name
output vaultName string = vault.outputs.name
output storageName string = storage.outputs.name
