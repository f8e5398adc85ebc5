using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.LocalHost.Functions;
using UonOfferum.Shared.Messages;

namespace UonOfferum.Tests.Unit.Architecture;

/// <summary>Every function of the app, as the host and the worker will see it.</summary>
public sealed class FunctionClassTests
{
    private const int LongestFunction = 40;

    private static readonly FunctionCatalog Functions = FunctionCatalog.Discover(typeof(UonOfferumApp).Assembly);

    [Fact]
    public void A_function_has_its_class_and_its_file_to_itself_all_of_one_name()
    {
        foreach (var function in Functions.All)
        {
            var file = $"{function.Type.Namespace!["UonOfferum.".Length..].Replace('.', '/')}/{function.Name}.cs";

            Assert.Equal(function.Name, function.Type.Name);
            Assert.Single(function.Type.GetMethods(), method => method.IsDefined(typeof(FunctionAttribute)));
            Assert.Contains(file, Repository.Sources);
            Assert.Equal(1, Repository.Read(file).Split("[Function(").Length - 1);
        }
    }

    [Fact]
    public void A_function_binds_calls_one_service_and_returns()
    {
        foreach (var function in Functions.All)
        {
            var file = Repository.Sources.Single(source => Path.GetFileNameWithoutExtension(source) == function.Name);

            Assert.True(Repository.Read(file).Count(character => character == '\n') < LongestFunction, $"{file} has {LongestFunction} lines or more.");
            Assert.True(function.Type.IsSealed, $"{function.Name} is not sealed.");
        }
    }

    [Fact]
    public void What_a_function_is_built_from_is_public_as_the_workers_generated_executor_needs_it()
    {
        var hidden =
            from function in Functions.All
            from constructor in function.Type.GetConstructors()
            from parameter in constructor.GetParameters()
            where !parameter.ParameterType.IsVisible
            select $"{function.Name} takes {parameter.ParameterType.Name}, which is not public";

        Assert.All(Functions.All, function => Assert.Single(function.Type.GetConstructors()));
        Assert.Empty(hidden);
    }

    [Fact]
    public void Queue_names_are_literals_that_storage_takes_because_the_scale_controller_reads_nothing_else()
    {
        var names = Functions.Queues.Select(queue => queue.QueueName).ToHashSet();

        // What others rely on, and a reader of what it gives up for every queue.
        Assert.Superset(new HashSet<string> { "uon-records", "uon-records-poison", "offerum-orders", "offerum-orders-poison" }, names);
        Assert.All(
            names.Where(name => !name.EndsWith(QueueNames.PoisonSuffix, StringComparison.Ordinal)),
            name => Assert.Contains(name + QueueNames.PoisonSuffix, names));
        Assert.All(Functions.Queues, queue => Assert.Matches("^[a-z0-9](-?[a-z0-9]){2,62}$", queue.QueueName));
    }

    [Fact]
    public void No_two_functions_answer_the_same_method_on_the_same_route()
    {
        var routes = Functions.Http.SelectMany(http => http.Methods.Select(method => $"{method} {http.Route}")).ToArray();

        Assert.Equal(routes.Distinct(StringComparer.OrdinalIgnoreCase), routes);
    }

    [Fact]
    public void The_functions_use_nothing_of_the_worker_but_what_both_builds_have()
    {
        var used =
            from function in Functions.All
            from method in function.Type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            from attribute in method.CustomAttributes.Concat(method.GetParameters().SelectMany(parameter => parameter.CustomAttributes))
            where attribute.AttributeType.Namespace!.StartsWith("Microsoft.Azure", StringComparison.Ordinal)
            select attribute.AttributeType;

        Assert.Subset(
            new HashSet<Type> { typeof(FunctionAttribute), typeof(HttpTriggerAttribute), typeof(QueueTriggerAttribute), typeof(TimerTriggerAttribute) },
            used.ToHashSet());
    }
}
