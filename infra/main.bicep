// The whole product in one deployment: `azd up`, or `az deployment sub create` (docs/deploy.md).
// One resource group holds everything, so that who may do what is decided in one place.
targetScope = 'subscription'

@description('Name of this installation, for example prod. Part of every resource name.')
@minLength(2)
@maxLength(16)
param environmentName string

@description('Azure region. It has to offer Flex Consumption: az functionapp list-flexconsumption-locations')
param location string

@description('Resource group to make or use.')
@maxLength(90)
param resourceGroupName string = 'rg-uon-offerum-${environmentName}'

@description('Name of the pipeline: part of the webhook address, of every operation id and of the settings. Lower-case letters, digits and hyphens.')
@minLength(1)
@maxLength(40)
param pipelineName string = 'main'

@description('Flow code at Offerum. Case-sensitive, no secret.')
@minLength(1)
param offerumFlow string

@secure()
@description('U-ON API key. Empty leaves what the vault has, so later deployments need no secret.')
param uonApiKey string = ''

@secure()
@description('Offerum API key. Empty leaves what the vault has.')
param offerumApiKey string = ''

@secure()
@description('Secret path segment of the webhook, 16 characters or more (openssl rand -hex 24); two, separated by a comma, while rotating. Empty leaves what the vault has.')
param webhookSecret string = ''

@secure()
@description('Likewise for postbacks. Never given: no postback is taken.')
param postbackSecret string = ''

@secure()
@description('Key of the phone index, 16 characters or more (openssl rand -hex 32). Changing it makes older operations unfindable by phone. Empty leaves what the vault has.')
param indexKey string = ''

@description('Whether the pipeline takes postbacks. Its secret has to be in the vault, or given here.')
param postbacks bool = false

@description('More app settings: structure only, for example { Pipelines__main__Offerum__Country: "RU" }. Secrets belong in the vault; write a reference here.')
param settings object = {}

@description('Most instances for each function. U-ON allows 10 requests a second for a key; the deployment gives every instance 8 divided by this number. Some regions take nothing below 40.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 1

@description('Memory of an instance in MB. Half of the price is memory; 2048 is what the platform recommends.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('HTTP instances kept warm: 0 costs nothing, 1 answers webhooks without a cold start.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int = 0

@description('Copies of the journal: ZRS outlives a data centre, GZRS a region. LRS where the region has no zones.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Keep storage and vault off the public network: a virtual network with private endpoints. Costs about five endpoints a month.')
param privateNetwork bool = false

@description('Client id of an Entra app registration for people who open the console. Empty: function keys alone (docs/deploy.md).')
param consoleClientId string = ''

@description('Where alerts go. Empty: they show in the portal only.')
param alertEmail string = ''

@description('Alert when no webhook came for this many hours.')
@allowed([1, 2, 3, 4, 5, 6, 24, 48])
param quietHours int = 24

@description('Alert when the slowest twentieth of leads takes longer than this from webhook to order, in seconds.')
@minValue(10)
@maxValue(86400)
param slowLeadSeconds int = 300

@description('Days that telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryDays int = 90

@description('Object id of whoever rotates secrets: gets Key Vault Secrets Officer on this vault. Empty: nobody.')
param operatorPrincipalId string = ''

@description('What operatorPrincipalId is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

var tags = {
  // azd finds its resources by this tag.
  'azd-env-name': environmentName
  product: 'uon-offerum'
}

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: resourceGroupName
  location: location
  tags: tags
}

module product 'product.bicep' = {
  name: 'uon-offerum-${environmentName}'
  scope: group
  params: {
    location: location
    tags: tags
    // Globally unique names, the same at every deployment.
    suffix: take(uniqueString(subscription().id, group.id, environmentName), 8)
    environmentName: environmentName
    pipelineName: pipelineName
    offerumFlow: offerumFlow
    uonApiKey: uonApiKey
    offerumApiKey: offerumApiKey
    webhookSecret: webhookSecret
    postbackSecret: postbackSecret
    indexKey: indexKey
    postbacks: postbacks
    settings: settings
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    alwaysReadyInstances: alwaysReadyInstances
    storageSku: storageSku
    privateNetwork: privateNetwork
    consoleClientId: consoleClientId
    alertEmail: alertEmail
    quietHours: quietHours
    slowLeadSeconds: slowLeadSeconds
    telemetryDays: telemetryDays
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
  }
}

@description('Where the functions answer.')
output FUNCTIONS_ADDRESS string = product.outputs.address

@description('The webhook address for the U-ON cabinet, with the place of the secret.')
output WEBHOOK_ADDRESS string = '${product.outputs.address}/api/uon/${pipelineName}/{secret}'

@description('The console.')
output CONSOLE_ADDRESS string = '${product.outputs.address}/api/console'

output AZURE_RESOURCE_GROUP string = group.name
output FUNCTION_APP_NAME string = product.outputs.functionAppName
output VAULT_NAME string = product.outputs.vaultName
output STORAGE_NAME string = product.outputs.storageName
