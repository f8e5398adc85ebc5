using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace UonOfferum.Tests.Unit.Architecture;

/// <summary>
/// LocalHost/WorkerAttributes.cs against the worker it stands in for. What is pinned here was read in the worker's sources
/// (azure-functions-dotnet-worker: Worker 2.52.0, Extensions.Http 3.3.0, Storage.Queues 5.5.5, Timer 4.3.1).
/// </summary>
public sealed class WorkerAttributeTests
{
    // Constructors first, then properties; "get; set" only where both are public.
    private static readonly Dictionary<string, string[]> Worker = new(StringComparer.Ordinal)
    {
        // extensions/Worker.Extensions.Abstractions/src/FunctionAttribute.cs
        ["FunctionAttribute"] = ["(String name)", "String Name { get }"],
        // extensions/Worker.Extensions.Http/src/AuthorizationLevel.cs
        ["AuthorizationLevel"] = ["Anonymous = 0", "User = 1", "Function = 2", "System = 3", "Admin = 4"],
        // extensions/Worker.Extensions.Http/src/HttpTriggerAttribute.cs
        ["HttpTriggerAttribute"] =
        [
            "()", "(params String[] methods)", "(AuthorizationLevel authLevel)", "(AuthorizationLevel authLevel, params String[] methods)",
            "String Route { get; set }", "String[] Methods { get }", "AuthorizationLevel AuthLevel { get }",
        ],
        // extensions/Worker.Extensions.Storage.Queues/src/QueueTriggerAttribute.cs
        ["QueueTriggerAttribute"] = ["(String queueName)", "String QueueName { get }", "String Connection { get; set }"],
        // extensions/Worker.Extensions.Timer/src/TimerTriggerAttribute.cs
        ["TimerTriggerAttribute"] = ["(String schedule)", "String Schedule { get }", "Boolean UseMonitor { get; set }", "Boolean RunOnStartup { get; set }"],
        // extensions/Worker.Extensions.Timer/src/TimerInfo.cs
        ["TimerInfo"] = ["()", "ScheduleStatus ScheduleStatus { get; set }", "Boolean IsPastDue { get; set }"],
    };

    private static readonly Type[] StandIns =
        [.. typeof(FunctionAttribute).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("Microsoft.", StringComparison.Ordinal) == true && type.IsPublic)];

    [Fact]
    public void The_stand_ins_are_the_types_that_the_design_allows_and_no_more() =>
        Assert.Equal(Worker.Keys.Order(), StandIns.Select(type => type.Name).Order());

    [Fact]
    public void They_are_where_the_worker_has_them() =>
        Assert.All(StandIns, type => Assert.Equal("Microsoft.Azure.Functions.Worker", type.Namespace));

    [Fact]
    public void The_worker_has_everything_that_a_stand_in_offers_with_the_same_shape() =>
        Assert.All(StandIns, type => Assert.Subset(Worker[type.Name].ToHashSet(), Members(type).ToHashSet()));

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetNames(type).Select(name => $"{name} = {(int)Enum.Parse(type, name)}")
        : type.GetConstructors().Select(Describe).Concat(type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(Describe));

    private static string Describe(ConstructorInfo constructor) => $"({string.Join(", ", constructor.GetParameters().Select(Describe))})";

    private static string Describe(ParameterInfo parameter) =>
        $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{parameter.ParameterType.Name} {parameter.Name}";

    private static string Describe(PropertyInfo property) =>
        $"{property.PropertyType.Name} {property.Name} {{ get{(property.SetMethod?.IsPublic == true ? "; set" : "")} }}";
}
