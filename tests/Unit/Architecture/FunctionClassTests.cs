using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Tests.Unit.Architecture;

/// <summary>Every function of the app, as the host and the worker will see it.</summary>
public sealed class FunctionClassTests
{
    private const int LongestFunction = 40;

    [Fact]
    public void A_function_has_its_class_and_its_file_to_itself_all_of_one_name()
    {
        foreach (var function in AppFunctions.All)
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
        foreach (var function in AppFunctions.All)
        {
            var file = Repository.Sources.Single(source => Path.GetFileNameWithoutExtension(source) == function.Name);

            Assert.True(Repository.Read(file).Count(character => character == '\n') < LongestFunction, $"{file} has {LongestFunction} lines or more.");
            Assert.True(function.Type.IsSealed, $"{function.Name} is not sealed.");
        }
    }

    [Fact]
    public void A_function_depends_on_one_service_and_stands_in_its_stages_own_folder()
    {
        foreach (var type in AppFunctions.All.Select(function => function.Type))
        {
            // A destination says where the one service sends.
            var services = Assert.Single(type.GetConstructors()).GetParameters().Count(p => !p.ParameterType.IsAssignableTo(typeof(IDestination)));
            Assert.True(services <= 1, $"{type.Name} depends on {services} services.");
            Assert.Contains(type.Namespace!["UonOfferum.".Length..].Replace('.', '/'), Repository.Stages.Concat(Repository.Destinations));
        }
    }

    [Fact]
    public void The_generated_executor_can_reach_all_that_a_function_is_built_from()
    {
        var hidden =
            from function in AppFunctions.All
            from constructor in function.Type.GetConstructors()
            from parameter in constructor.GetParameters()
            where !parameter.ParameterType.IsVisible
            select $"{function.Name} takes {parameter.ParameterType.Name}, which is not public";

        Assert.All(AppFunctions.All, function => Assert.Single(function.Type.GetConstructors()));
        Assert.Empty(hidden);
    }

    [Fact]
    public void Queue_names_are_literals_that_the_scale_controller_can_read()
    {
        var names = AppFunctions.Queues.ToHashSet();

        // What others rely on, and a reader of what it gives up for every queue.
        Assert.Superset(new HashSet<string> { "uon-records", "uon-records-poison", "offerum-orders", "offerum-orders-poison" }, names);
        Assert.All(
            names.Where(name => !name.EndsWith(QueueNames.PoisonSuffix, StringComparison.Ordinal)),
            name => Assert.Contains(name + QueueNames.PoisonSuffix, names));
        Assert.All(names, name => Assert.Matches("^[a-z0-9](-?[a-z0-9]){2,62}$", name));
    }

    [Fact]
    public void No_two_functions_answer_the_same_method_on_the_same_route()
    {
        var routes = AppFunctions.Http.SelectMany(http => http.Methods!.Select(method => $"{method} {http.Route}")).ToArray();

        Assert.Equal(routes.Distinct(StringComparer.OrdinalIgnoreCase), routes);
    }

    /// <summary>https://github.com/Azure/azure-functions-host/issues/9876</summary>
    [Fact]
    public void Of_overlapping_routes_the_narrower_ones_function_sorts_first()
    {
        var routes = AppFunctions.All.Where(f => f.Trigger is HttpTriggerAttribute).Select(f => (f.Name, Http: (HttpTriggerAttribute)f.Trigger)).ToList();
        var wrong =
            from narrow in routes
            from wide in routes
            where narrow.Name != wide.Name && narrow.Http.Methods!.Intersect(wide.Http.Methods!).Any() && Covers(wide.Http.Route!, narrow.Http.Route!)
            where string.CompareOrdinal(narrow.Name, wide.Name) > 0
            select $"{wide.Name} takes what is meant for {narrow.Name}";

        Assert.Empty(wrong);

        static bool Covers(string wide, string narrow)
        {
            var (outer, inner) = (wide.Split('/'), narrow.Split('/'));
            return outer.Length == inner.Length && outer.Zip(inner).All(part => part.First.StartsWith('{') || part.First == part.Second);
        }
    }

    [Fact]
    public void The_functions_use_no_binding_of_the_worker_but_its_triggers()
    {
        var used =
            from function in AppFunctions.All
            from method in function.Type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            from attribute in method.CustomAttributes.Concat(method.GetParameters().SelectMany(parameter => parameter.CustomAttributes))
            where attribute.AttributeType.Namespace!.StartsWith("Microsoft.Azure", StringComparison.Ordinal)
            select attribute.AttributeType;

        Assert.Subset(
            new HashSet<Type> { typeof(FunctionAttribute), typeof(HttpTriggerAttribute), typeof(QueueTriggerAttribute), typeof(TimerTriggerAttribute) },
            used.ToHashSet());
    }
}
