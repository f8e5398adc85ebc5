// The portable build's stand-in for the Microsoft worker packages: the few types the functions use, in the worker's own
// namespace and with its signatures (read in azure-functions-dotnet-worker). Compiled into UonOfferum, not into LocalHost,
// because the functions carry the attributes. Anything added here must exist in the worker with the same shape.

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Names a function; names are unique within the app.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Who may call an HTTP function. Values as in the worker.</summary>
public enum AuthorizationLevel
{
    Anonymous = 0,
    User = 1,
    Function = 2,
    System = 3,
    Admin = 4,
}

/// <summary>Marks the parameter that receives the HTTP request.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    public string[]? Methods { get; } = methods;

    /// <summary>Route template below the prefix; the function's name when absent.</summary>
    public string? Route { get; set; }
}

/// <summary>Marks the parameter that receives a queue's message.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : Attribute
{
    public string QueueName { get; } = queueName;

    /// <summary>Setting that names the storage account; <c>AzureWebJobsStorage</c> when absent.</summary>
    public string? Connection { get; set; }
}

/// <summary>Marks the parameter that receives the timer's state.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>Six-field NCRONTAB: second minute hour day month weekday, UTC.</summary>
    public string Schedule { get; } = schedule;

    public bool UseMonitor { get; set; } = true;

    public bool RunOnStartup { get; set; }
}

/// <summary>What a timer function learns about its call.</summary>
public sealed class TimerInfo
{
    public bool IsPastDue { get; set; }
}
