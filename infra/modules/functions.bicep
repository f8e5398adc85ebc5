// The function app on Flex Consumption: scales to zero, each queue function scales independently, one app a plan.

param location string
param tags object
@maxLength(60)
param name string
param identityId string
param identityClientId string
param storageName string
param deploymentContainer string
param vaultUri string
param insightsConnection string
param pipelineName string
param offerum bool
param offerumFlow string
param editing bool
param codePipeline bool
param postbacks bool
param destinations string
param settings object
param vaultSettings object
param maximumInstanceCount int
param instanceMemoryMB int
param alwaysReadyInstances int
param subnetId string
param consoleClientId string

var storageSuffix = environment().suffixes.storage

var ownSettings = {
  // The host's storage, and the app's: an identity in place of a connection string.
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__blobServiceUri: 'https://${storageName}.blob.${storageSuffix}'
  AzureWebJobsStorage__queueServiceUri: 'https://${storageName}.queue.${storageSuffix}'
  AzureWebJobsStorage__tableServiceUri: 'https://${storageName}.table.${storageSuffix}'
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identityClientId}'
  // .NET 10 on Flex crashes with exit code 139 in specialised placeholders (azure-functions-dotnet-worker#3335); the cost of avoiding them is a cold start.
  WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED: '0'
  Journal__IndexKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/journal-index-key)'
  Pipelines__Editing: editing ? 'on' : 'off'
}

// The vault for the secrets of pipelines created on the page.
var editingSettings = editing ? {
  Editing__VaultUri: vaultUri
} : {}

var codeSettings = codePipeline ? {
  'Pipelines__${pipelineName}__Webhook__Secret': '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${pipelineName}-webhook-secret)'
  'Pipelines__${pipelineName}__Uon__ApiKey': '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${pipelineName}-uon-api-key)'
} : {}

var offerumSettings = codePipeline && offerum ? {
  'Pipelines__${pipelineName}__Offerum__ApiKey': '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${pipelineName}-offerum-api-key)'
  'Pipelines__${pipelineName}__Offerum__Flow': offerumFlow
} : {}

var postbackSettings = codePipeline && postbacks ? {
  'Pipelines__${pipelineName}__Postback__Secret': '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${pipelineName}-postback-secret)'
} : {}

// Secrets of other destinations, alerts and further pipelines.
var moreSecrets = toObject(items(vaultSettings), setting => setting.key, setting => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${setting.value})')

// Signs in with the app's identity as the credential (a federated one at the app registration): no client secret to rotate.
var signInSettings = empty(consoleClientId) ? {} : {
  OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId
}

// The functions of each destination, by the name of its settings' section. A function that listens to a queue costs money while it waits; one
// that is switched off costs nothing, and the queue keeps its messages.
var senders = {
  Offerum: ['SendOrder', 'RecordOfferumFailure']
  Http: ['SendHttpOrder', 'RecordHttpFailure']
  Telegram: ['SendTelegramMessage', 'RecordTelegramFailure']
  Max: ['SendMaxMessage', 'RecordMaxFailure']
  Bitrix: ['SendBitrixLead', 'RecordBitrixFailure']
  Amo: ['SendAmoLead', 'RecordAmoFailure']
}
var configured = map(
  filter(map(objectKeys(union(offerumSettings, moreSecrets, settings)), name => split(toLower(name), '__')), parts => length(parts) > 3 && parts[0] == 'pipelines'),
  parts => parts[2]
)
var named = filter(map(split(destinations, ','), name => toLower(trim(name))), name => !empty(name))
var unknown = filter(named, name => !contains(map(objectKeys(senders), name => toLower(name)), name))
// A pipeline created on the page may sell to Offerum, too, and no setting shows it.
var onPage = editing && offerum ? ['offerum'] : []
var used = empty(unknown) ? union(configured, named, onPage) : fail('destinations: are names of sections such as ${join(objectKeys(senders), ', ')}. Unknown: ${join(unknown, ', ')}')
var switchedOff = flatten(map(filter(items(senders), sender => !contains(used, toLower(sender.key))), sender => sender.value))
var switches = toObject(switchedOff, name => 'AzureWebJobs__${name}__Disabled', name => 'true')

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  // Linux.
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  // azd deploys to the resource with its service's name.
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // U-ON and Offerum call from undocumented addresses, so the app itself stays reachable.
    publicNetworkAccess: 'Enabled'
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      appSettings: [for setting in items(union(ownSettings, editingSettings, codeSettings, offerumSettings, postbackSettings, signInSettings, moreSecrets, switches, settings)): {
        name: setting.key
        value: setting.value
      }]
    }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainer
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        // For each function separately, and for all HTTP functions together.
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        alwaysReady: alwaysReadyInstances == 0 ? [] : [
          { name: 'http', instanceCount: alwaysReadyInstances }
        ]
      }
    }
  }
}

// Deployments come by identity; user names and passwords for publishing would be one more secret.
resource noPublishingPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource signIn 'Microsoft.Web/sites/config@2024-04-01' = if (!empty(consoleClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'RedirectToLoginPage'
      redirectToProvider: 'azureActiveDirectory'
      // The callers of these routes cannot sign in; their secrets are in the path. Health is for probes.
      excludedPaths: ['/api/uon/*', '/api/offerum/*', '/api/health']
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: consoleClientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${subscription().tenantId}/v2.0'
          clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
        }
        validation: { allowedAudiences: [consoleClientId, 'api://${consoleClientId}'] }
      }
    }
    login: { tokenStore: { enabled: false } }
    httpSettings: { requireHttps: true }
  }
}

output name string = app.name
output address string = 'https://${app.properties.defaultHostName}'
