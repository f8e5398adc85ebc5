// Every option on: what CI lints and builds beside the defaults. All values are invented.
using 'main.bicep'

param environmentName = 'everything'
param location = 'westeurope'
param offerumFlow = 'zkVz'
param postbacks = true
param settings = { Pipelines__main__Offerum__Country: 'RU' }
param maximumInstanceCount = 40
param instanceMemoryMB = 4096
param alwaysReadyInstances = 1
param storageSku = 'Standard_GZRS'
param privateNetwork = true
param consoleClientId = '00000000-0000-0000-0000-000000000001'
param alertEmail = 'night-shift@example.org'
param quietHours = 6
param operatorPrincipalId = '00000000-0000-0000-0000-000000000002'
param operatorPrincipalType = 'Group'
