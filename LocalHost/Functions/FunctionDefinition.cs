namespace UonOfferum.LocalHost.Functions;

/// <summary>One function of the app, as the worker describes it.</summary>
/// <param name="Name">Unique within the app.</param>
/// <param name="Id">Names the function to the worker.</param>
/// <param name="Parameter">The parameter that the trigger fills.</param>
internal abstract record FunctionDefinition(string Name, string Id, string Parameter);

/// <param name="Name">Unique within the app.</param>
/// <param name="Id">Names the function to the worker.</param>
/// <param name="Parameter">The parameter that takes the request.</param>
/// <param name="NeedsKey">Whether the function key is required.</param>
/// <param name="Methods">In capitals; none: any method.</param>
/// <param name="Route">Without the prefix.</param>
internal sealed record HttpFunction(string Name, string Id, string Parameter, bool NeedsKey, IReadOnlyList<string> Methods, string Route)
    : FunctionDefinition(Name, Id, Parameter)
{
    /// <summary>The whole route, starting with a slash.</summary>
    public string Pattern(string prefix) => '/' + string.Join('/', new[] { prefix, Route.Trim('/') }.Where(part => part.Length > 0));
}

/// <param name="Name">Unique within the app.</param>
/// <param name="Id">Names the function to the worker.</param>
/// <param name="Parameter">The parameter that takes the message.</param>
/// <param name="Queue">Its name, or <c>%SETTING%</c>.</param>
/// <param name="Connection">Names the storage account's setting; null: <c>AzureWebJobsStorage</c>.</param>
internal sealed record QueueFunction(string Name, string Id, string Parameter, string Queue, string? Connection)
    : FunctionDefinition(Name, Id, Parameter);

/// <param name="Name">Unique within the app.</param>
/// <param name="Id">Names the function to the worker.</param>
/// <param name="Parameter">The parameter that takes the timer's information.</param>
/// <param name="Schedule">Six-field NCRONTAB in UTC, or <c>%SETTING%</c>.</param>
/// <param name="UseMonitor">Whether missed runs are noticed after a restart.</param>
/// <param name="RunOnStartup">Whether it runs at every start.</param>
internal sealed record TimerFunction(string Name, string Id, string Parameter, string Schedule, bool UseMonitor, bool RunOnStartup)
    : FunctionDefinition(Name, Id, Parameter);
